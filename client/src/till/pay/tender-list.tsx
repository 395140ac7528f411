import type { Tender } from '@evertill/shared/domain/tender'
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Money, useMoneyText } from '../../app/money.tsx'
import { methodName } from '../../store/catalogue.ts'
import { useFacts } from '../till-context.tsx'
import { AskFirst } from './ask-first.tsx'
import classes from './pay.module.css'

export interface TenderListProps {
  readonly tenders: readonly Tender[]
  readonly locked: boolean
  readonly onTakeBack: (position: number) => void
}

export function TenderList({ tenders, locked, onTakeBack }: TenderListProps) {
  const { t } = useTranslation()
  const money = useMoneyText()
  const { catalogue } = useFacts()
  // Not by its place, which another has when one before it is taken back in another window.
  const [asked, setAsked] = useState<Tender>()
  const position = asked === undefined ? -1 : tenders.indexOf(asked)
  if (tenders.length === 0) return null
  const nameOf = ({ methodCode, points }: Tender) => {
    const name = methodName(catalogue, methodCode)
    return points === undefined ? name : t('{{method}}: {{count}}', { method: name, count: points })
  }
  return (
    <section className={classes.takenRow}>
      <h2 className={classes.takenTitle}>{t('Taken')}</h2>
      <ul className={classes.taken}>
        {tenders.map((tender, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: legs are told apart by their place alone
          <li key={position}>
            <span>{nameOf(tender)}</span>
            <strong>
              <Money amount={tender.amount} />
            </strong>
            <ActionIcon
              variant="subtle"
              color="gray"
              c="inherit"
              size={48}
              disabled={locked}
              aria-label={t('Take back {{method}} {{amount}}', {
                method: nameOf(tender),
                amount: money(tender.amount),
              })}
              onClick={() => (isMovedElsewhere(tender) ? setAsked(tender) : onTakeBack(position))}
            >
              <IconX aria-hidden size={20} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {asked !== undefined && position >= 0 && !locked && (
        <AskFirst
          title={t('Take back {{amount}} by {{method}}?', {
            amount: money(asked.amount),
            method: nameOf(asked),
          })}
          words={
            asked.kind === 'paynow'
              ? t('Give the money back by hand: the till cannot.')
              : t('Cancel the payment on the terminal as well: the till cannot.')
          }
          yes={t('Take back {{amount}}', { amount: money(asked.amount) })}
          onYes={() => {
            setAsked(undefined)
            onTakeBack(position)
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </section>
  )
}

/** By a terminal or a bank, which hears nothing of what is taken back here. */
const isMovedElsewhere = ({ kind }: Tender): boolean =>
  kind === 'card' || kind === 'nets' || kind === 'paynow'
