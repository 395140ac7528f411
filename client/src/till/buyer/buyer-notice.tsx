import { SIMPLIFIED_INVOICE_LIMIT, wantsBuyer } from '@evertill/shared/domain/buyer'
import { totalsOf } from '@evertill/shared/domain/pricing'
import { Button } from '@mantine/core'
import { IconFileInvoice } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMoneyText } from '../../app/money.tsx'
import { useSelling } from '../selling.tsx'
import { useFacts, useOpenSale } from '../till-context.tsx'
import classes from './buyer.module.css'

/** Where the law wants a business named on the invoice: whether one is. A consumer pays without it. */
export function BuyerNotice() {
  const { t } = useTranslation()
  const money = useMoneyText()
  const { buyer } = useOpenSale().cart
  const { company } = useFacts().catalogue
  const { priced, openDialog } = useSelling()
  if (priced.code !== 'priced') return null
  // What is put on a gift card is no supply: the tax is on what it pays for.
  const goods = priced.priced.lines.filter(({ value }) => value === undefined)
  if (buyer === undefined && !wantsBuyer(totalsOf(goods, priced.rules).total, company)) return null
  return (
    <div className={classes.notice} role="note">
      <IconFileInvoice aria-hidden size={22} />
      <span className={classes.words}>
        {buyer === undefined
          ? t('Is a business buying? Above {{limit}} its tax invoice needs a name and an address.', {
              limit: money(SIMPLIFIED_INVOICE_LIMIT),
            })
          : t('Bill to {{name}}', { name: buyer.name })}
      </span>
      <Button variant="default" h={48} px={16} onClick={() => openDialog({ kind: 'buyer' })}>
        {buyer === undefined ? t('Add them…') : t('Change…')}
      </Button>
    </div>
  )
}
