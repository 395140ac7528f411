import { MOST_MONEY } from '@evertill/shared/domain/money'
import { MOST_POINTS } from '@evertill/shared/domain/points'
import {
  type LoyaltySettings,
  type OfflineLimits,
  type ReceiptSettings,
  type ShiftSettings,
  zLoyaltySettings,
  zOfflineLimits,
  zReceiptSettings,
  zShiftSettings,
} from '@evertill/shared/protocol/office/settings'
import { plainMoneyText } from '../words/money-text.ts'
import { formReader, type ReadForm } from './read-form.ts'

/*
 * Each subject as it stands in its form, where figures are text until they are saved, and back. Fields have the names
 * of the settings, so that what the server says of one stands beside it.
 */

export interface ShiftValues {
  worksByShifts: boolean
  blindCount: boolean
  varianceLimit: string
  voidWindowMinutes: string
}

export const shiftValues = (settings: ShiftSettings, currency: string): ShiftValues => ({
  worksByShifts: settings.worksByShifts,
  blindCount: settings.blindCount,
  varianceLimit: settings.varianceLimit === null ? '' : plainMoneyText(settings.varianceLimit, currency),
  voidWindowMinutes: settings.voidWindowMinutes === null ? '' : String(settings.voidWindowMinutes),
})

export function readShiftValues(values: ShiftValues, currency: string): ReadForm<ShiftSettings> {
  const reader = formReader(currency)
  return reader.finish(zShiftSettings, {
    worksByShifts: values.worksByShifts,
    blindCount: values.blindCount,
    varianceLimit: reader.money('varianceLimit', values.varianceLimit, MOST_MONEY, null),
    voidWindowMinutes: reader.whole('voidWindowMinutes', values.voidWindowMinutes, 1440, null),
  })
}

export interface OfflineValues {
  points: string
  value: string
}

export const offlineValues = ({ points, value }: OfflineLimits, currency: string): OfflineValues => ({
  points: String(points),
  value: plainMoneyText(value, currency),
})

export function readOfflineValues(values: OfflineValues, currency: string): ReadForm<OfflineLimits> {
  const reader = formReader(currency)
  return reader.finish(zOfflineLimits, {
    points: reader.whole('points', values.points, MOST_POINTS),
    value: reader.money('value', values.value, MOST_MONEY),
  })
}

export interface LoyaltyValues {
  minorPerPoint: string
  pointValue: string
  tiers: TierValues[]
}

export interface TierValues {
  tierId: string
  name: string
  multiplierPpm: string
  spendFrom: string
  /** Not there yet. */
  added?: boolean
  /** Gone when it is saved, and shown until then. */
  removed?: boolean
}

export const newTier = (tierId: string): TierValues => ({
  tierId,
  name: '',
  multiplierPpm: '1',
  spendFrom: '',
  added: true,
})

const PPM_DECIMALS = 6

export const loyaltyValues = (settings: LoyaltySettings, currency: string): LoyaltyValues => ({
  // Nothing is earned, and points pay nothing: better read as empty than as an amount.
  minorPerPoint: settings.minorPerPoint === 0 ? '' : plainMoneyText(settings.minorPerPoint, currency),
  pointValue: settings.pointValue === 0 ? '' : plainMoneyText(settings.pointValue, currency),
  tiers: settings.tiers.map(({ multiplierPpm, spendFrom, ...tier }) => ({
    ...tier,
    multiplierPpm: String(multiplierPpm / 10 ** PPM_DECIMALS),
    spendFrom: plainMoneyText(spendFrom, currency),
  })),
})

/** Tiers are saved from the lowest up, wherever they stand: a new one is typed below the others. */
export function readLoyaltyValues(values: LoyaltyValues, currency: string): ReadForm<LoyaltySettings> {
  const reader = formReader(currency)
  const tiers = values.tiers
    .map(({ tierId, name, multiplierPpm, spendFrom, removed }, i) => {
      if (removed) return undefined
      const tier = {
        tierId,
        name,
        multiplierPpm: reader.decimal(`tiers.${i}.multiplierPpm`, multiplierPpm, PPM_DECIMALS),
        spendFrom: reader.money<never>(`tiers.${i}.spendFrom`, spendFrom, MOST_MONEY),
      }
      const unread = reader.errors[`tiers.${i}.spendFrom`] !== undefined
      return { tier, i, place: unread ? Number.POSITIVE_INFINITY : tier.spendFrom }
    })
    .filter((read) => read !== undefined)
    .sort((a, b) => a.place - b.place || a.i - b.i)
  return reader.finish(
    zLoyaltySettings,
    {
      minorPerPoint: reader.money('minorPerPoint', values.minorPerPoint, 1_000_000_000, 0),
      pointValue: reader.money('pointValue', values.pointValue, 1_000_000, 0),
      tiers: tiers.map(({ tier }) => tier),
    },
    (path) => path.replace(/^tiers\.(\d+)/, (_, place) => `tiers.${tiers[Number(place)]?.i}`),
  )
}

export interface ReceiptValues {
  companyName: string
  header: string
  footer: string
  gstRegistrationNo: string
  language: ReceiptSettings['language']
}

export const receiptValues = (settings: ReceiptSettings): ReceiptValues => ({
  ...settings,
  header: settings.header ?? '',
  footer: settings.footer ?? '',
  gstRegistrationNo: settings.gstRegistrationNo ?? '',
})

export function readReceiptValues(values: ReceiptValues, currency: string): ReadForm<ReceiptSettings> {
  const printed = (typed: string) => typed.trim() || null
  return formReader(currency).finish(zReceiptSettings, {
    ...values,
    header: printed(values.header),
    footer: printed(values.footer),
    gstRegistrationNo: printed(values.gstRegistrationNo.toUpperCase()),
  })
}
