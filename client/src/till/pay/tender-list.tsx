import type { Tender } from '@evertill/shared/domain/tender'
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Money, useMoneyText } from '../../app/money.tsx'
import { methodName } from '../../store/catalogue.ts'
import { useFacts } from '../till-context.tsx'
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
  if (tenders.length === 0) return null
  const nameOf = ({ methodCode, points }: Tender) => {
    const name = methodName(catalogue, methodCode)
    return points === undefined ? name : t('{{method}}: {{count}}', { method: name, count: points })
  }
  return (
    <section>
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
              onClick={() => onTakeBack(position)}
            >
              <IconX aria-hidden size={20} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </section>
  )
}
