import { mulDivRounded } from '@evertill/shared/domain/money'
import type { Today } from '@evertill/shared/protocol/office/today'

export interface DayFigures {
  readonly sales: number
  readonly refunds: number
  /** Less what was refunded. */
  readonly total: number
  /** Minor units a sale, rounded; what was refunded is taken off. */
  readonly average: number
  readonly tax: number
  /** Of the total, put on gift cards and vouchers. */
  readonly issued: number
}

/** The day of all outlets, or of one. */
export function dayFigures(day: Pick<Today, 'outlets'>, outletId?: string): DayFigures {
  const outlets = day.outlets.filter((outlet) => outletId === undefined || outlet.outletId === outletId)
  const sum = (key: 'sales' | 'refunds' | 'total' | 'tax' | 'issued') =>
    outlets.reduce((total, outlet) => total + outlet[key], 0)
  const [sales, total] = [sum('sales'), sum('total')]
  const average = sales === 0 ? 0 : mulDivRounded(total, 1, sales)
  return { sales, refunds: sum('refunds'), total, average, tax: sum('tax'), issued: sum('issued') }
}

export interface HourBar {
  /** `08` */
  readonly hour: string
  readonly total: number
  readonly sales: number
  readonly refunds: number
  readonly before: number
}

// An empty morning is still shown as morning.
const OPENS = 8
const CLOSES = 21

export const hasTrade = ({ sales, refunds }: Today['hours'][number]): boolean => sales + refunds > 0

/** Sales by hour beside those of the same weekday before, without the hours of the night in which nothing sold. */
export function hourBars(day: Pick<Today, 'hours'>, before: Pick<Today, 'hours'> | undefined): HourBar[] {
  const sold = [...day.hours, ...(before?.hours ?? [])].filter(hasTrade)
  const first = Math.min(OPENS, ...sold.map((hour) => hour.hour))
  const last = Math.max(CLOSES, ...sold.map((hour) => hour.hour))
  const at = (hours: Today['hours'], hour: number) => hours.find((bar) => bar.hour === hour)
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const hour = first + i
    return {
      hour: String(hour).padStart(2, '0'),
      total: at(day.hours, hour)?.total ?? 0,
      sales: at(day.hours, hour)?.sales ?? 0,
      refunds: at(day.hours, hour)?.refunds ?? 0,
      before: at(before?.hours ?? [], hour)?.total ?? 0,
    }
  })
}
