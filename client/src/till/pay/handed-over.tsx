import type { SaleBody } from '@evertill/shared/domain/sale'
import { givesChange } from '@evertill/shared/domain/tender'
import { useTranslation } from 'react-i18next'
import { Money } from '../../app/money.tsx'
import { useFacts } from '../till-context.tsx'
import classes from './pay.module.css'

/** Of cash the change, read out large; of what gives none, what it was paid with. */
export function HandedOver({ tenders, change }: Pick<SaleBody, 'tenders' | 'change'>) {
  const { t } = useTranslation()
  const { knownMethods } = useFacts().catalogue
  if (givesChange({ tenders, change }) || tenders.length === 0)
    return (
      <>
        <span>{t('Change')}</span>
        <Money className={classes.changeAmount} amount={change} />
      </>
    )
  return (
    <>
      <span>{t('Paid with')}</span>
      {tenders.map(({ methodCode, amount }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sale never changes
        <strong key={i} className={classes.paidWith}>
          {knownMethods.find(({ code }) => code === methodCode)?.name ?? methodCode}
          {tenders.length > 1 && (
            <>
              {' '}
              <Money amount={amount} />
            </>
          )}
        </strong>
      ))}
    </>
  )
}
