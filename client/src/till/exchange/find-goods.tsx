import type { ProductRow } from '@evertill/shared/protocol/pull'
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Money } from '../../app/money.tsx'
import { playSound } from '../../devices/sound.ts'
import { useWedgeScanner } from '../../devices/use-wedge-scanner.ts'
import { findByCode } from '../../store/catalogue.ts'
import forms from '../recording/recording.module.css'
import { useServices } from '../till-context.tsx'
import classes from './exchange.module.css'
import type { Exchange, Side } from './use-exchange.ts'

interface FindGoodsProps {
  readonly exchange: Exchange
  /** Without a receipt what comes back is scanned too. */
  readonly blind: boolean
  readonly side: Side
  readonly onSide: (side: Side) => void
}

/** Goods scanned or searched for: which way they go is said first, where both are possible. */
export function FindGoods({ exchange, blind, side, onSide }: FindGoodsProps) {
  const { t } = useTranslation()
  const { db, shownProducts } = useServices()
  const [text, setText] = useState('')
  const [first, setFirst] = useState<ProductRow>()
  const [message, setMessage] = useState('')

  useEffect(() => {
    let wanted = true
    setFirst(undefined)
    if (text.trim() !== '')
      void shownProducts.first({ text }).then((found) => {
        if (wanted) setFirst(found)
      })
    return () => {
      wanted = false
    }
  }, [text, shownProducts])

  const take = (product: ProductRow) => {
    setText('')
    if (exchange.add(side, product)) {
      playSound('scanned')
      return setMessage(t('{{name}} added', product))
    }
    playSound('refused')
    setMessage(
      t('{{name}} has no tax code and cannot be sold. Head office can mend it under Products.', product),
    )
  }
  const takeCode = (code: string) =>
    void findByCode(db, code).then((product) => {
      if (product !== undefined) return take(product)
      if (first !== undefined) return take(first)
      playSound('refused')
      setMessage(
        t('No product has the code {{code}}. Search by name, or ask head office to add it.', { code }),
      )
    })
  useWedgeScanner(takeCode)
  return (
    <section className={classes.card} aria-label={t('Goods')}>
      {blind && (
        <SegmentedControl
          fullWidth
          className={forms.choice}
          aria-label={t('Goods that are scanned now')}
          value={side}
          onChange={(value) => onSide(value === 'out' ? 'out' : 'back')}
          data={[
            { value: 'back', label: t('Come back') },
            { value: 'out', label: t('Go out') },
          ]}
        />
      )}
      <TextInput
        type="search"
        size="lg"
        aria-label={side === 'back' ? t('Search what comes back') : t('Search what goes out')}
        placeholder={
          side === 'back' ? t('Search or scan what comes back') : t('Search or scan what goes out')
        }
        leftSection={<IconSearch aria-hidden size={20} />}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && text.trim() !== '') takeCode(text.trim())
        }}
      />
      {first !== undefined && (
        <Button
          variant="default"
          h={56}
          justify="space-between"
          rightSection={<Money amount={first.price} />}
          onClick={() => take(first)}
        >
          {t('Add {{name}}', first)}
        </Button>
      )}
      <p className={classes.quiet} role="status">
        {message}
      </p>
    </section>
  )
}
