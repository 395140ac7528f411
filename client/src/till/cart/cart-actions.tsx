import { Button } from '@mantine/core'
import { IconDiscount, IconTrash } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Money } from '../../app/money.tsx'
import { useSelling } from '../selling.tsx'
import { useSellingActions } from '../selling-actions.tsx'
import { useOpenSale } from '../till-context.tsx'
import classes from './cart.module.css'
import { HeldButton } from './held-button.tsx'

export interface CartActionsProps {
  readonly isEmpty: boolean
  readonly locked: boolean
}

/** Rendered when one of these changes, not with every line: a button costs more than a line does. */
export const CartActions = memo(function CartActions({ isEmpty, locked }: CartActionsProps) {
  const { t } = useTranslation()
  const { clearCart, openDialog } = useSellingActions()
  return (
    <div className={classes.actions}>
      <HeldButton isOpen={!isEmpty} locked={locked} />
      <Button
        variant="default"
        size="md"
        h={48}
        px={8}
        leftSection={<IconDiscount aria-hidden size={20} />}
        disabled={isEmpty || locked}
        aria-keyshortcuts="F8"
        onClick={() => openDialog({ kind: 'bill-discount' })}
      >
        {t('Discount')}
      </Button>
      <Button
        variant="default"
        size="md"
        h={48}
        px={8}
        leftSection={<IconTrash aria-hidden size={20} />}
        disabled={isEmpty || locked}
        onClick={clearCart}
      >
        {t('Empty')}
      </Button>
    </div>
  )
})

/** The amount in it changes with every line; the button does not. */
export const PayButton = memo(function PayButton({ disabled }: { disabled: boolean }) {
  const { startPaying } = useSellingActions()
  return (
    <Button fullWidth h={64} fz={20} disabled={disabled} aria-keyshortcuts="F9" onClick={startPaying}>
      <span>
        <ToPay />
      </span>
    </Button>
  )
})

/** The whole sum, or what is left of it. */
export function ToPay() {
  const { t } = useTranslation()
  const { priced, settlement } = useSelling()
  const { tenders } = useOpenSale()
  if (tenders.length > 0)
    return (
      <>
        {t('Left to pay')} <Money amount={settlement.remaining} />
      </>
    )
  return (
    <>
      {t('Pay')} <Money amount={priced.code === 'priced' ? priced.priced.total : 0} />
    </>
  )
}
