import type { CountAndTotal } from '@evertill/shared/domain/shift'
import type { ShiftReport } from '@evertill/shared/domain/shift-report'
import type { PrintRow } from '@evertill/shared/receipt/print-row'
import type { TFunction } from 'i18next'
import { countText, dateTimeText, moneyText, rateText, signedMoneyText } from '../../app/format.ts'

/** An X or a Z report as rows for a roll of paper: the screen, the browser's print and every printer show these. */
export function reportRows(report: ShiftReport, t: TFunction): PrintRow[] {
  const { currency, timeZone } = report
  const plain = (amount: number) => moneyText(amount, currency).replace(/[^\d.,−]/gu, '')
  const counted = (label: string, { count, total }: CountAndTotal, sign = 1) =>
    pair(`${label} (${countText(count)})`, plain(sign * total))
  const at = (instant: string) => dateTimeText(new Date(instant), timeZone)
  const [cash, ...others] = report.tenders
  const cashTaken = (cash?.expected ?? 0) - report.float - report.movedIn.total + report.movedOut.total
  return [
    centred(report.companyName, true),
    centred(report.outletName),
    ...only(report.gstRegistrationNo, (number) => centred(t('GST Reg. No. {{number}}', { number }))),
    centred(titleOf(report, t), true),
    ...only(report.waiting > 0 ? report.waiting : undefined, (count) =>
      centred(t('Provisional: {{count}} entries are still on their way to head office', { count })),
    ),
    rule,
    pair(t('Till'), report.tillName),
    pair(t('Opened'), at(report.openedAt)),
    pair(t('Opened by'), report.openedBy),
    pair(report.kind === 'Z' ? t('Closed') : t('Reported'), at(report.at)),
    pair(report.kind === 'Z' ? t('Closed by') : t('Reported by'), report.by),
    rule,
    counted(t('Sales'), report.sales),
    counted(t('Refunds and voids'), report.refunds, -1),
    ...(report.voids.count === 0 ? [] : [counted(t('of these, voids'), report.voids, -1)]),
    {
      ...pair(t('Net'), moneyText(report.sales.total - report.refunds.total, currency)),
      strong: true,
    },
    ...(report.issued === 0 ? [] : [pair(t('of this, on gift cards and vouchers'), plain(report.issued))]),
    pair(t('Discounts given'), plain(-report.discounts)),
    pair(t('Rounding'), plain(report.rounding)),
    rule,
    title(t('By payment method')),
    pair(cash?.name ?? t('Cash'), plain(cashTaken)),
    ...others.map(({ name, expected }) => pair(name, plain(expected))),
    ...section(
      t('GST'),
      report.taxes.map((row) =>
        pair(
          t('{{taxCode}} {{rate}} on {{taxable}}', {
            taxCode: row.taxCode,
            rate: rateText(row.ratePpm),
            taxable: plain(row.taxable),
          }),
          plain(row.tax),
        ),
      ),
    ),
    ...section(
      t('By cashier'),
      report.staff.flatMap(({ name, sales, refunds }) => [
        counted(name, sales),
        ...(refunds.count === 0 ? [] : [counted(t('{{name}}, taken back', { name }), refunds, -1)]),
      ]),
    ),
    rule,
    title(t('Drawer')),
    pair(t('Float'), plain(report.float)),
    pair(t('Cash taken'), plain(cashTaken)),
    counted(t('Cash put in'), report.movedIn),
    counted(t('Cash taken out'), report.movedOut, -1),
    { ...pair(t('Should be in the drawer'), moneyText(cash?.expected ?? 0, currency)), strong: true },
    ...only(cash?.counted, (amount) => pair(t('Counted'), plain(amount))),
    ...only(cash?.variance, (amount) => ({
      ...pair(t('Difference'), signedMoneyText(amount, currency)),
      strong: true,
    })),
    ...(report.counts ?? []).map(({ denomination, count }) =>
      pair(`${moneyText(denomination, currency)} × ${countText(count)}`, plain(denomination * count)),
    ),
    pair(t('Drawer opened without a sale'), countText(report.noSales)),
    ...only(
      report.note,
      (note): PrintRow => ({ kind: 'text', text: t('Reason: {{reason}}', { reason: note }) }),
    ),
  ]
}

export const titleOf = ({ kind, zNo }: ShiftReport, t: TFunction): string =>
  kind === 'X'
    ? t('X report')
    : zNo === undefined
      ? t('Z report')
      : t('Z report No. {{number}}', { number: zNo })

const rule: PrintRow = { kind: 'rule' }
const pair = (label: string, value: string) => ({ kind: 'pair', label, value }) as const
const title = (text: string): PrintRow => ({ kind: 'text', text, strong: true })
const centred = (text: string, strong = false): PrintRow => ({ kind: 'text', text, centred: true, strong })
/** Nothing where there is nothing to list: a heading alone looks like a report cut short. */
const section = (name: string, rows: readonly PrintRow[]): readonly PrintRow[] =>
  rows.length === 0 ? [] : [rule, title(name), ...rows]
const only = <T, R>(value: T | undefined, row: (value: T) => R): R[] =>
  value === undefined ? [] : [row(value)]
