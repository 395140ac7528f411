import '@mantine/charts/styles.layer.css'
import { BarChart } from '@mantine/charts'
import { VisuallyHidden } from '@mantine/core'
import { minorPerUnit } from '../../app/format.ts'
import { Money, useCurrency, useMoneyText } from '../../app/money.tsx'
import { salesWords } from '../words/count-words.ts'
import type { HourBar } from './day-figures.ts'
import classes from './today.module.css'

interface HoursChartProps {
  readonly bars: HourBar[]
  readonly dayLabel: string
  readonly beforeLabel: string
}

export function HoursChart({ bars, dayLabel, beforeLabel }: HoursChartProps) {
  const money = useMoneyText()
  const perUnit = minorPerUnit(useCurrency())
  return (
    <>
      <BarChart
        className={classes.chart}
        data={bars.map((bar) => ({ ...bar, hour: `${bar.hour}:00` }))}
        dataKey="hour"
        h={240}
        gridAxis="x"
        tickLine="none"
        withLegend
        legendProps={{ verticalAlign: 'top', align: 'right', height: 32 }}
        maxBarWidth={28}
        series={[
          { name: 'before', label: beforeLabel, color: 'var(--ev-chart-before)' },
          { name: 'total', label: dayLabel, color: 'var(--mantine-primary-color-filled)' },
        ]}
        valueFormatter={money}
        xAxisProps={{ tickFormatter: (hour: string) => hour.slice(0, 2) }}
        yAxisProps={{
          width: 64,
          // Whole units on the axis: cents there are noise.
          tickFormatter: (value: number) => money(Math.round(value / perUnit) * perUnit).replace(/\.0+$/, ''),
        }}
        barProps={{ isAnimationActive: false, radius: [3, 3, 0, 0] }}
        barChartProps={{ accessibilityLayer: false }}
        tooltipAnimationDuration={0}
        aria-hidden
      />
      <VisuallyHidden>
        <table>
          <caption>Sales by hour</caption>
          <thead>
            <tr>
              <th scope="col">Hour</th>
              <th scope="col">{dayLabel}</th>
              <th scope="col">{beforeLabel}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <tr key={bar.hour}>
                <th scope="row">{bar.hour}:00</th>
                <td>
                  <Money amount={bar.total} />, {salesWords(bar)}
                </td>
                <td>
                  <Money amount={bar.before} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </>
  )
}
