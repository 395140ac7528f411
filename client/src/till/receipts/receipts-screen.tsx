import { ONE_UNIT } from '@evertill/shared/domain/money'
import { paperTime } from '@evertill/shared/receipt/paper-time'
import { Button, Group, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconReceipt, IconSearch } from '@tabler/icons-react'
import { Outlet, useLocation } from '@tanstack/react-router'
import { useLiveQuery } from 'dexie-react-hooks'
import { type KeyboardEvent, useDeferredValue, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../app/empty-state.tsx'
import { dateTimeText, minorPerUnit } from '../../app/format.ts'
import { Money } from '../../app/money.tsx'
import { refuseScan, useWedgeScanner } from '../../devices/use-wedge-scanner.ts'
import { isReceiptNo } from '../../store/find-scanned.ts'
import {
  type Paper,
  recentPapers,
  refundsOfAll,
  searchOtherPapers,
  searchPapers,
} from '../../store/journal.ts'
import { readPaidExchange } from '../../store/open-exchange.ts'
import { CameraButton, useHasCamera } from '../camera/camera-button.tsx'
import { CameraFinder, CameraHint } from '../camera/camera-finder.tsx'
import { PaidExchange } from '../exchange/paid-exchange.tsx'
import { BackButton } from '../frame/back-button.tsx'
import { isDialogOpen, useShortcuts } from '../frame/use-shortcuts.ts'
import { receiptPlace, useGo } from '../go.ts'
import { useTypingGoesToSearch } from '../products/use-typing-goes-to-search.ts'
import { useFacts, useServices } from '../till-context.tsx'
import { BackChip } from './back-chip.tsx'
import { FateChip } from './fate-chip.tsx'
import { paperMatcher } from './paper-search.ts'
import classes from './receipts.module.css'

const MOST_SHOWN = 200

export function ReceiptsScreen() {
  const { t } = useTranslation()
  const { db } = useServices()
  const { catalogue, till } = useFacts()
  const { pathname } = useLocation()
  const go = useGo()
  const [typed, setTyped] = useState('')
  const text = useDeferredValue(typed.trim())
  const { timeZone } = catalogue.outlet
  const perUnit = minorPerUnit(catalogue.company.currency)
  const [filming, setFilming] = useState(false)
  const hasCamera = useHasCamera()
  const search = async (words: string, limit: number) => {
    const matches = paperMatcher(words, timeZone, perUnit)
    const own = await searchPapers(db, matches, limit)
    return [...own, ...(await searchOtherPapers(db, matches))].slice(0, limit)
  }
  const papers = useLiveQuery(async () => {
    const found = await (text === '' ? recentPapers(db, MOST_SHOWN) : search(text, MOST_SHOWN))
    const sales = found.filter(({ entry }) => entry.kind === 'sale').map(({ entry }) => entry.id)
    const refunds = await refundsOfAll(db, sales)
    return found.map((paper) => ({ ...paper, refunds: refunds.get(paper.entry.id) ?? [] }))
  }, [db, text, timeZone, perUnit])
  const paid = useLiveQuery(() => readPaidExchange(db), [db])
  // The code on a receipt is its number. One that is not here may be of another till.
  const lookUp = (code: string) => {
    if (isReceiptNo(code)) return go(receiptPlace(code))
    void search(code, 1).then(([paper]) => paper !== undefined && go(receiptPlace(paper.entry.id)))
  }
  useWedgeScanner((code) => {
    // What is picked and typed there stays.
    if (isDialogOpen()) return refuseScan(code)
    setTyped(code)
    setFilming(false)
    lookUp(code.trim())
  })
  const detail = pathname !== '/receipts'
  const back = () => {
    if (filming) setFilming(false)
    else if (typed !== '') setTyped('')
    else go(detail ? '/receipts' : '/')
  }
  const field = useRef<HTMLInputElement>(null)
  // With a mouse the field is ready to type into; on a touch screen a keyboard would cover the receipts.
  const [focusFirst] = useState(() => matchMedia('(pointer: fine)').matches)
  const toSearch = () => {
    field.current?.focus()
    field.current?.select()
  }
  useTypingGoesToSearch(true, field, setTyped)
  useShortcuts({ Escape: back, F2: toSearch })
  const rows = useRef<HTMLOListElement>(null)
  /** From the search to the newest that was found, and from one to the next: Enter opens it. */
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by === undefined || event.nativeEvent.isComposing) return
    const buttons = [...(rows.current?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(event.currentTarget as HTMLButtonElement) + by
    const next = at < 0 ? field.current : buttons[at]
    event.preventDefault()
    next?.focus()
  }
  const example = `${till.outletCode}-${till.tillCode}-000012`
  return (
    <main className={classes.screen} data-detail={detail}>
      <section className={classes.list}>
        <div className={classes.title}>
          <BackButton onClick={() => go('/')}>{t('Back to selling')}</BackButton>
          <h1>{t('Receipts')}</h1>
        </div>
        <TextInput
          ref={field}
          type="search"
          size="lg"
          mx={16}
          aria-label={t('Search receipts')}
          aria-keyshortcuts="F2"
          autoFocus={focusFirst}
          placeholder={t('Number, amount, time or customer')}
          leftSection={<IconSearch aria-hidden size={20} />}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            // The Enter that ends 王 is no wish to look it up.
            if (event.key === 'Enter' && !event.nativeEvent.isComposing && typed.trim() !== '')
              lookUp(typed.trim())
            else move(event)
          }}
          rightSection={hasCamera && <CameraButton onCamera={() => setFilming(true)} />}
          rightSectionWidth={52}
        />
        {filming && (
          <div className={classes.camera}>
            <CameraFinder inline onLeave={() => setFilming(false)}>
              <CameraHint>{t('Hold the code of the receipt before the camera')}</CameraHint>
            </CameraFinder>
          </div>
        )}
        {paid !== undefined && <PaidExchange paid={paid} />}
        {catalogue.tillState !== 'revoked' && (
          <Button
            variant="subtle"
            h={48}
            leftSection={<IconArrowBackUp aria-hidden size={20} />}
            onClick={() => go('/exchange')}
          >
            {t('Return without a receipt')}
          </Button>
        )}
        {papers?.length === 0 && text !== '' && (
          <EmptyState
            icon={IconReceipt}
            title={t('This till has no such receipt')}
            action={
              isReceiptNo(text) && (
                <Button h={48} onClick={() => lookUp(text)}>
                  {t('Look up {{receiptNo}}', { receiptNo: text })}
                </Button>
              )
            }
          >
            {isReceiptNo(text)
              ? t('It may be of another till: the server knows what they have sent.')
              : t('A receipt of another till is found by its whole number, such as {{example}}.', {
                  example,
                })}
          </EmptyState>
        )}
        {papers?.length === 0 && text === '' && (
          <EmptyState icon={IconReceipt} title={t('No receipts yet')}>
            {t('Every sale of this till appears here as soon as it is paid.')}
          </EmptyState>
        )}
        <ol ref={rows}>
          {papers?.map(({ entry, fate, elsewhere, refunds }) => (
            <li key={entry.id}>
              <button
                type="button"
                aria-current={pathname === `/receipts/${entry.id}` || undefined}
                onClick={() => go(`/receipts/${entry.id}`)}
                onKeyDown={move}
              >
                <Group component="span" className={classes.no} justify="space-between" gap="2px 8px">
                  <span>
                    {entry.body.receiptNo}
                    {entry.kind === 'refund' && ` · ${t('Refund')}`}
                    {entry.kind === 'void' && ` · ${t('Void')}`}
                  </span>
                  {entry.kind === 'sale' && <BackChip sale={entry.body} refunds={refunds} />}
                </Group>
                <span className={classes.total}>
                  <Money amount={entry.kind === 'sale' ? entry.body.total : -entry.body.total} />
                </span>
                <span className={classes.when}>
                  {dateTimeText(new Date(paperTime(entry)), catalogue.outlet.timeZone)}
                  {' · '}
                  {t('{{count}} items', {
                    count: itemsOf(entry.body),
                  })}
                  {elsewhere !== undefined && ` · ${elsewhere.tillName}`}
                </span>
                <FateChip fate={fate} />
              </button>
            </li>
          ))}
        </ol>
      </section>
      <section className={classes.detail} aria-label={t('Receipt')}>
        {detail ? (
          <Outlet />
        ) : (
          papers !== undefined &&
          papers.length > 0 && (
            <EmptyState icon={IconReceipt} title={t('Choose a receipt')}>
              {t('It is shown here, ready to be printed again.')}
            </EmptyState>
          )
        )}
      </section>
    </main>
  )
}

/** Pieces; what was weighed is one, and so is a code that was sold. */
const itemsOf = ({ lines, issued = [] }: Paper['entry']['body']): number =>
  lines.reduce((sum, { quantity }) => sum + (quantity % ONE_UNIT === 0 ? quantity / ONE_UNIT : 1), 0) +
  issued.length
