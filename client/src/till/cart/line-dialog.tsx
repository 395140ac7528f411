import { type CartLine, MAX_QUANTITY } from '@evertill/shared/domain/cart'
import { extend, thousandths } from '@evertill/shared/domain/money'
import { Button, Modal, SegmentedControl } from '@mantine/core'
import { IconRowInsertBottom, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { quantityText } from '../../app/format.ts'
import { typedNumber } from '../keypad/typed-number.ts'
import { useSelling } from '../selling.tsx'
import classes from './cart.module.css'
import { DiscountEntry } from './discount-entry.tsx'
import { NoteEntry } from './note-entry.tsx'
import { NumberEntry } from './number-entry.tsx'
import { PriceEntry } from './price-entry.tsx'

const THOUSANDTHS = 3
const PARTS = ['quantity', 'discount', 'price', 'note'] as const
type Part = (typeof PARTS)[number]

/** One line of the cart: its quantity, its price, its discount, its note, or away with it. */
export function LineDialog({ line, onClose }: { line: CartLine; onClose: () => void }) {
  const { t } = useTranslation()
  const { changeCart, removeLine } = useSelling()
  const [part, setPart] = useState<Part>('quantity')
  const { lineId, unit = 'each' } = line
  const partNames: Record<Part, string> = {
    quantity: t('Quantity'),
    price: t('Price'),
    discount: t('Discount'),
    note: t('Note'),
  }

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
      size={480}
      yOffset={16}
      title={line.name}
      closeButtonProps={{ 'aria-label': t('Close'), size: 48 }}
    >
      <div className={`${classes.entry} ${classes.parts}`}>
        <SegmentedControl
          fullWidth
          size="lg"
          classNames={{ label: classes.part ?? '' }}
          aria-label={t('What to change')}
          value={part}
          onChange={(value) => setPart(PARTS.find((known) => known === value) ?? 'quantity')}
          data={PARTS.map((value) => ({
            value,
            label: partNames[value],
          }))}
        />
        {part === 'quantity' && (
          <NumberEntry
            shape={{ whole: 5, decimals: unit === 'kg' ? THOUSANDTHS : 0 }}
            placeholder={quantityText(line.quantity, unit)}
            show={show}
            idle={t('Set quantity')}
            action={(text) =>
              quantityOf(text) ? t('Set quantity to {{quantity}}', { quantity: show(text) }) : undefined
            }
            why={(text) =>
              (typedNumber(text, THOUSANDTHS) ?? 0) > MAX_QUANTITY
                ? t('At most {{most}}', { most: quantityText(MAX_QUANTITY, unit) })
                : undefined
            }
            onDone={(text) => {
              const quantity = quantityOf(text)
              if (quantity) done(() => changeCart({ type: 'quantity-set', lineId, quantity }))
            }}
          />
        )}
        {part === 'price' && (
          <PriceEntry
            line={line}
            onPrice={(unitPrice, reason) =>
              done(() => changeCart({ type: 'price-overridden', lineId, unitPrice, reason }))
            }
            onRestore={() => done(() => changeCart({ type: 'price-restored', lineId }))}
          />
        )}
        {part === 'note' && (
          <NoteEntry
            note={line.note ?? ''}
            onNote={(note) => done(() => changeCart({ type: 'line-noted', lineId, note }))}
          />
        )}
        {part === 'discount' && (
          <DiscountEntry
            of={extend(line.unitPrice, line.quantity)}
            named={line.name}
            eventOf={(discount) => ({ type: 'line-discounted', lineId, discount })}
            onDone={onClose}
          />
        )}
        {part === 'discount' && line.discount !== undefined && (
          <Button
            variant="default"
            h={48}
            onClick={() => done(() => changeCart({ type: 'line-discounted', lineId, discount: undefined }))}
          >
            {t('Remove the discount')}
          </Button>
        )}
        {part === 'quantity' && (
          <>
            <Button
              variant="default"
              h={48}
              leftSection={<IconRowInsertBottom aria-hidden size={20} />}
              disabled={line.apart === true}
              onClick={() => done(() => changeCart({ type: 'line-set-apart', lineId }))}
            >
              {line.apart ? t('The next one goes on a new line') : t('Next one on a new line')}
            </Button>
            <Button
              variant="subtle"
              color="red"
              h={48}
              leftSection={<IconTrash aria-hidden size={20} />}
              onClick={() => done(() => removeLine(line))}
            >
              {t('Remove from the cart')}
            </Button>
          </>
        )}
      </div>
    </Modal>
  )
}
