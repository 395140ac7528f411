import type { Denomination } from '@evertill/shared/domain/denomination'
import { extend, type Minor, minor, thousandths } from '@evertill/shared/domain/money'
import { type CashCount, countedCash } from '@evertill/shared/domain/shift'
import { Button } from '@mantine/core'
import { type KeyboardEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Money, useMoneyText } from '../../app/money.tsx'
import classes from './cash-count.module.css'
import { useCountDraft } from './use-count-draft.ts'

/** More of one coin than a drawer holds. */
const MOST_DIGITS = 5

interface CashCountEntryProps {
  readonly denominations: readonly Denomination[]
  /** See useCountDraft. */
  readonly draft: string
  readonly idle: string
  readonly action: (amount: Minor, text: string) => string | undefined
  readonly onDone: (amount: Minor, counts: readonly CashCount[]) => void
}

/** How many there are of each note and coin: Enter and the arrow keys go through them, what they make stands below. */
export function CashCountEntry({ denominations, draft, idle, action, onDone }: CashCountEntryProps) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const [typed, setTyped, forget] = useCountDraft(draft)
  const grid = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)

  const counts = denominations
    .map(({ value }): CashCount => ({ denomination: value, count: Number(typed.get(value) ?? 0) }))
    .filter(({ count }) => count > 0)
  const total = countedCash(counts)
  const isEmpty = [...typed.values()].every((text) => text === '')
  const words = isEmpty ? undefined : action(total, money(total))

  const move = (from: number, by: 1 | -1) => {
    const field = grid.current?.querySelectorAll('input')[from + by]
    if (field !== undefined) {
      field.focus()
      field.select()
    } else if (by === 1) button.current?.focus()
  }
  const keyed = (event: KeyboardEvent, i: number) => {
    if (event.key === 'Enter' || event.key === 'ArrowDown') move(i, 1)
    else if (event.key === 'ArrowUp') move(i, -1)
    else return
    event.preventDefault()
  }
  return (
    <div className={classes.entry}>
      <div ref={grid} className={classes.grid}>
        {denominations.map(({ value, kind }, i) => {
          const text = typed.get(value) ?? ''
          const name =
            kind === 'note'
              ? t('{{amount}} notes', { amount: money(value) })
              : t('{{amount}} coins', { amount: money(value) })
          return (
            <label key={value} className={classes.row} data-kind={kind}>
              <span className={classes.value}>
                <Money amount={value} />
              </span>
              <span aria-hidden>×</span>
              <input
                aria-label={name}
                className={classes.count}
                inputMode="numeric"
                autoComplete="off"
                placeholder="0"
                value={text}
                {...(i === 0 && { 'data-autofocus': true })}
                onKeyDown={(event) => keyed(event, i)}
                onChange={(event) => {
                  const digits = event.currentTarget.value.replace(/\D/g, '').slice(0, MOST_DIGITS)
                  setTyped(new Map(typed).set(value, digits))
                }}
              />
              <span className={classes.worth}>
                {text !== '' && <Money amount={extend(minor(value), thousandths(Number(text) * 1000))} />}
              </span>
            </label>
          )
        })}
      </div>
      <p className={classes.total}>
        <span>{t('Counted')}</span>
        <output aria-live="polite">
          <Money amount={total} />
        </output>
      </p>
      <Button
        ref={button}
        h={56}
        fz={18}
        disabled={words === undefined}
        onClick={() => {
          forget()
          onDone(total, counts)
        }}
      >
        {words ?? idle}
      </Button>
    </div>
  )
}
