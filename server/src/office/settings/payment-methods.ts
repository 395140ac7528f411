import { EXCHANGE_METHOD } from '@evertill/shared/domain/exchange'
import { payNowProxyOf } from '@evertill/shared/domain/paynow'
import type { MethodKind } from '@evertill/shared/domain/tender'
import {
  type NewPaymentMethod,
  oddsOfMethod,
  type PaymentMethodChange,
  type PaymentMethodDetail,
  type PaymentMethodEdit,
  type PaymentMethodName,
  SINGLE_KINDS,
} from '@evertill/shared/protocol/office/settings'
import { v7 as uuidv7 } from 'uuid'
import type { Sql } from '../../db/connect.ts'
import type { Granted } from '../../db/queries/office-granted.ts'
import {
  insertPaymentMethod,
  listPaymentMethodNames,
  listPaymentMethods,
  placePaymentMethod,
  retirePaymentMethod,
  type StoredMethod,
  updatePaymentMethod,
} from '../../db/queries/office-payment-methods.ts'
import type { OfficeUserRow } from '../../db/queries/office-users.ts'
import { differences } from '../differences.ts'
import { type OfficeWrite, recordedChange } from '../recorded-change.ts'
import { type Refused, refused } from '../refused.ts'
import { versionOf } from './edit-settings.ts'

/*
 * A payment method stands in the ledger by its code, so it is never deleted and its code and kind never change: it is
 * retired, and tills offer it no more. A shop always keeps a way to take cash.
 */

type Managed = Granted<'company.manage'>
type Done = undefined | Refused

export async function paymentMethods(sql: Sql, granted: Managed): Promise<PaymentMethodDetail[]> {
  const methods = await listPaymentMethods(sql, granted)
  return methods.map((method) => ({ ...method, version: versionOf(editOf(method)) }))
}

/** For every page that tells of payments, whoever may open it. */
export const paymentMethodNames = (sql: Sql, user: OfficeUserRow): Promise<PaymentMethodName[]> =>
  listPaymentMethodNames(sql, user)

export async function addPaymentMethod(
  write: OfficeWrite,
  granted: Managed,
  added: NewPaymentMethod,
): Promise<{ paymentMethodId: string } | Refused> {
  const paymentMethodId = uuidv7()
  return recordedChange<{ paymentMethodId: string } | Refused>(write, granted, async (tx) => {
    const known = await listPaymentMethods(tx, granted)
    const refusal = refuseEdit(known, added.kind, added) ?? refuseSecond(known, added.kind, 'kind')
    if (refusal !== undefined) return { answer: refusal }
    const method = { paymentMethodId, code: codeFor(added, known), ...asKept(added), kind: added.kind }
    await insertPaymentMethod(tx, granted, method)
    return { answer: { paymentMethodId }, changed: { action: 'payment-method.added', detail: method } }
  })
}

export async function editPaymentMethod(
  write: OfficeWrite,
  granted: Managed,
  paymentMethodId: string,
  { version, ...edit }: PaymentMethodChange,
): Promise<Done> {
  return recordedChange<Done>(write, granted, async (tx) => {
    const known = await listPaymentMethods(tx, granted)
    const method = known.find((one) => one.paymentMethodId === paymentMethodId)
    if (method === undefined) return { answer: noSuchMethod() }
    const kept = asKept(edit)
    const changes = differences(editOf(method), kept)
    // Whoever saves what is there already, after a lost answer or a second time, has what they wanted.
    if (changes.length === 0) return { answer: undefined }
    if (versionOf(editOf(method)) !== version) return { answer: changedMeanwhile() }
    const others = known.filter((one) => one !== method)
    const refusal = refuseEdit(others, method.kind, edit)
    if (refusal !== undefined) return { answer: refusal }
    const { code } = method
    await updatePaymentMethod(tx, granted, paymentMethodId, kept)
    return {
      answer: undefined,
      changed: { action: 'payment-method.edited', detail: { paymentMethodId, code, changes } },
    }
  })
}

/** Offers it at the tills no more, or again. Asked twice, it is done once. */
export async function offerPaymentMethod(
  write: OfficeWrite,
  granted: Managed,
  paymentMethodId: string,
  offered: boolean,
): Promise<Done> {
  return recordedChange<Done>(write, granted, async (tx) => {
    const known = await listPaymentMethods(tx, granted)
    const method = known.find((one) => one.paymentMethodId === paymentMethodId)
    if (method === undefined) return { answer: noSuchMethod() }
    if (method.retired === !offered) return { answer: undefined }
    const others = known.filter((one) => one !== method)
    const refusal = offered
      ? (refuseSecond(others, method.kind) ?? refuseName(others, method.name))
      : refuseLast(others, method)
    if (refusal !== undefined) return { answer: refusal }
    await retirePaymentMethod(tx, granted, paymentMethodId, offered ? null : write.now())
    const { code, name } = method
    const action = offered ? 'payment-method.brought-back' : 'payment-method.retired'
    return { answer: undefined, changed: { action, detail: { paymentMethodId, code, name } } }
  })
}

export async function orderPaymentMethods(
  write: OfficeWrite,
  granted: Managed,
  paymentMethodIds: readonly string[],
): Promise<Done> {
  return recordedChange<Done>(write, granted, async (tx) => {
    const live = (await listPaymentMethods(tx, granted)).filter(({ retired }) => !retired)
    const before = live.map((method) => method.paymentMethodId)
    if (before.toSorted().join() !== paymentMethodIds.toSorted().join())
      return {
        answer: refused(
          'conflict',
          'The ways to pay have been changed meanwhile. Load the page anew, then put them in order.',
        ),
      }
    if (before.join() === paymentMethodIds.join()) return { answer: undefined }
    for (const [position, id] of paymentMethodIds.entries())
      await placePaymentMethod(tx, granted, id, position)
    const codeOf = new Map(live.map(({ paymentMethodId, code }) => [paymentMethodId, code]))
    const codes = (ids: readonly string[]) => ids.map((id) => codeOf.get(id))
    const changes = [{ field: 'order', from: codes(before), to: codes(paymentMethodIds) }]
    return { answer: undefined, changed: { action: 'payment-methods.ordered', detail: { changes } } }
  })
}

const noSuchMethod = () => refused('not-found', 'There is no such way to pay.')
const changedMeanwhile = () =>
  refused('conflict', 'Somebody else changed this way to pay since you opened it. Nothing of yours is saved.')

const editOf = ({ name, payNowProxy, rest }: StoredMethod): PaymentMethodEdit => ({ name, payNowProxy, rest })

/** As the protocol reads it: nothing typed, and spaces and hyphens, are left out. */
function asKept({ name, payNowProxy, rest }: PaymentMethodEdit) {
  const proxy = payNowProxy === null ? undefined : payNowProxyOf(payNowProxy)
  const kept = proxy === undefined ? null : proxy.kind === 'uen' ? proxy.uen : proxy.number
  return { name, payNowProxy: kept, rest }
}

function refuseEdit(
  others: readonly StoredMethod[],
  kind: MethodKind,
  edit: PaymentMethodEdit,
): Refused | undefined {
  const odds = oddsOfMethod(kind, edit)
  if (odds.length > 0) return refused('bad-request', 'This way to pay has wrong fields.', odds)
  return refuseName(others, edit.name)
}

function refuseName(others: readonly StoredMethod[], name: string): Refused | undefined {
  const same = others.some((one) => !one.retired && one.name.toLowerCase() === name.toLowerCase())
  if (!same) return undefined
  return refused('conflict', 'Two ways to pay cannot be told apart by the same name.', [
    { path: 'name', message: 'is the name of another way to pay' },
  ])
}

function refuseSecond(others: readonly StoredMethod[], kind: MethodKind, path?: string): Refused | undefined {
  const first = others.find((one) => one.kind === kind && !one.retired)
  if (first === undefined || !SINGLE_KINDS.has(kind)) return undefined
  const message = `Tills offer one way to pay of this kind, and there is ${first.name}. Retire that first.`
  return refused(
    'conflict',
    message,
    path === undefined ? undefined : [{ path, message: `is that of ${first.name}` }],
  )
}

function refuseLast(others: readonly StoredMethod[], method: StoredMethod): Refused | undefined {
  if (method.kind !== 'cash' || others.some((one) => one.kind === 'cash' && !one.retired)) return undefined
  return refused(
    'conflict',
    'This is the last way to take cash. A shop that is offline with a broken terminal needs it, so it stays.',
  )
}

/** `GrabPay` → `GRABPAY`, or the kind where no Latin letter is in the name; numbered where it was used before. */
function codeFor({ name, kind }: NewPaymentMethod, known: readonly StoredMethod[]): string {
  const letters = name
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .slice(0, 12)
  const base = letters === '' ? kind.toUpperCase() : letters
  const taken = new Set([EXCHANGE_METHOD, ...known.map(({ code }) => code)])
  for (let n = 1; ; n++) {
    const code = n === 1 ? base : `${base}${n}`
    if (!taken.has(code)) return code
  }
}
