import type { Tender } from '@evertill/shared/domain/tender'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Money } from '../../app/money.tsx'
import { methodName } from '../../store/catalogue.ts'
import { useFacts } from '../till-context.tsx'
import classes from './refund.module.css'

/** How the money goes back: `Goes back: Card $9.81 · Cash $5.00`. */
export function TenderWords({ tenders }: { tenders: readonly Tender[] }) {
  const { t } = useTranslation()
  const { catalogue } = useFacts()
  if (tenders.length === 0) return t('No money goes back: it had cost nothing.')
  return (
    <>
      {t('Goes back:')}{' '}
      {tenders.map(({ methodCode, amount }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: legs are told apart by their place alone
        <Fragment key={i}>
          {i > 0 && ' · '}
          <span className={classes.leg}>
            {methodName(catalogue, methodCode)} <Money amount={amount} />
          </span>
        </Fragment>
      ))}
    </>
  )
}
