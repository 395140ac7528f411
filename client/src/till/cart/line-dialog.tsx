import { type CartLine, MAX_QUANTITY } from '@evertill/shared/domain/cart'
import { extend, thousandths } from '@evertill/shared/domain/money'
import { Button, Modal, SegmentedControl } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { quantityText } from '../../app/format.ts'
import { typedNumber } from '../keypad/typed-number.ts'
import { useSelling } from '../selling.tsx'
import { useFacts } from '../till-context.tsx'
import classes from './cart.module.css'
import { DiscountEntry } from './discount-entry.tsx'
import { NumberEntry } from './number-entry.tsx'

const THOUSANDTHS = 3

/** One line of the cart: its quantity, its discount, or away with it. */
export function LineDialog({ line, onClose }: { line: CartLine; onClose: () => void }) {
  const { t } = useTranslation()
  const { catalogue } = useFacts()
  const { changeCart, removeLine, mayDiscount } = useSelling()
  const [part, setPart] = useState<'quantity' | 'discount'>('quantity')
  const unit = catalogue.products.find((product) => product.productId === line.productId)?.unit ?? 'each'
  const { lineId } = line

  const quantityOf = (text: string) => {
    const typed = typedNumber(text, THOUSANDTHS) ?? 0
    return typed > 0 && typed <= MAX_QUANTITY ? thousandths(typed) : undefined
  }
  const show = (text: string) => quantityText(typedNumber(text, THOUSANDTHS) ?? 0, unit)
  const done = (change: () => void) => {
    change()
    onClose()
  }

  return (
    <Modal
      opened
      onClose={onClose}
      size={400}
      title={line.name}
      closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
    >
      <div className={classes.entry}>
        {mayDiscount && (
          <SegmentedControl
            fullWidth
            size="lg"
            aria-label={t('What to change')}
            value={part}
            onChange={(value) => setPart(value === 'discount' ? 'discount' : 'quantity')}
            data={[
              { value: 'quantity', label: t('Quantity') },
              { value: 'discount', label: t('Discount') },
            ]}
          />
        )}
        {part === 'quantity' ? (
          <NumberEntry
            shape={{ whole: 5, decimals: unit === 'kg' ? THOUSANDTHS : 0 }}
            placeholder={quantityText(line.quantity, unit)}
            show={show}
            idle={t('Set quantity')}
            action={(text) =>
              quantityOf(text) ? t('Set quantity to {{quantity}}', { quantity: show(text) }) : undefined
            }
            onDone={(text) => {
              const quantity = quantityOf(text)
              if (quantity) done(() => changeCart({ type: 'quantity-set', lineId, quantity }))
            }}
          />
        ) : (
          <DiscountEntry
            of={extend(line.unitPrice, line.quantity)}
            onDiscount={(discount) => done(() => changeCart({ type: 'line-discounted', lineId, discount }))}
          />
        )}
        {line.discount !== undefined && (
          <Button
            variant="default"
            h={48}
            onClick={() => done(() => changeCart({ type: 'line-discounted', lineId, discount: undefined }))}
          >
            {t('Remove the discount')}
          </Button>
        )}
        <Button
          variant="subtle"
          color="red"
          h={48}
          leftSection={<IconTrash aria-hidden size={20} />}
          onClick={() => done(() => removeLine(line))}
        >
          {t('Remove from the cart')}
        </Button>
      </div>
    </Modal>
  )
}
