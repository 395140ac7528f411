import type { ProductRow } from '@evertill/shared/protocol/pull'
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { later } from '../../app/later.tsx'
import { Money } from '../../app/money.tsx'
import { playSound } from '../../devices/sound.ts'
import { useWedgeScanner } from '../../devices/use-wedge-scanner.ts'
import { CameraButton, useHasCamera } from '../camera/camera-button.tsx'
import { CameraFinder, CameraHint } from '../camera/camera-finder.tsx'
import { useGoods } from '../goods/use-goods.ts'
import { useScannedProduct } from '../receipts/next-back.ts'
import forms from '../recording/recording.module.css'
import { useServices } from '../till-context.tsx'
import classes from './exchange.module.css'
import type { Exchange, Side } from './use-exchange.ts'

const AskDialog = later(async () => (await import('../products/ask-dialog.tsx')).AskDialog)

interface FindGoodsProps {
  readonly exchange: Exchange
  /** Without a receipt what comes back is scanned too. */
  readonly blind: boolean
  readonly side: Side
  readonly onSide: (side: Side) => void
  /** Why nothing may change: the customer is paying what stands there. */
  readonly closed: string | undefined
  readonly filming: boolean
  readonly onFilming: (filming: boolean) => void
  /** A dialog about anything else makes room. */
  readonly onScan: () => void
  /** A code of stored value; undefined where there is nothing to pay with it. */
  readonly onValue: ((code: string) => void) | undefined
}

const MOST_FOUND = 4

/** Goods scanned or searched for: without a receipt, which way they go is said first. */
export function FindGoods({
  exchange,
  blind,
  side,
  onSide,
  closed,
  filming,
  onFilming,
  onScan,
  onValue,
}: FindGoodsProps): ReactNode {
  const { t } = useTranslation()
  const { shownProducts } = useServices()
  const [text, setText] = useState('')
  const hasCamera = useHasCamera()
  const [found, setFound] = useState<readonly ProductRow[]>([])
  const [message, setMessage] = useState<{
    readonly text: string
    readonly refused: boolean
    /** Sends out what was taken as coming back. */
    readonly outInstead?: () => void
  }>()

  useEffect(() => {
    let wanted = true
    if (text.trim() === '') setFound([])
    else
      void shownProducts.some({ text }, MOST_FOUND).then((rows) => {
        if (wanted) setFound(rows)
      })
    return () => {
      wanted = false
    }
  }, [text, shownProducts])

  const refuse = (words: string) => {
    playSound('refused')
    setMessage({ text: words, refused: true })
  }
  const notGoods = () => refuse(t('Only goods are scanned here. Go back to the receipts for anything else.'))
  const goods = useGoods({
    closed,
    take: (product, howMuch) => {
      if (closed !== undefined) return refuse(closed)
      exchange.add(side, product, howMuch)
      setMessage({ text: t('{{name}} added', { name: product.name }), refused: false })
    },
    refuse,
    onAsk: () => setMessage(undefined),
    onReceipt: notGoods,
    onValue: onValue ?? notGoods,
  })
  const take = (product: ProductRow) => {
    setText('')
    // What was typed names one of several sizes by chance.
    if (product.variantOf === undefined) goods.addProduct(product)
    else goods.chooseVariant(product)
  }
  const enter = () => {
    const typed = text.trim()
    if (typed === '') return
    setText('')
    // Asked anew: what is listed may be of what had been typed before.
    void shownProducts
      .first({ text: typed })
      .then((product) => (product === undefined ? void goods.codeEntered(typed) : take(product)))
  }
  const scannedProduct = useScannedProduct()
  const scanned = useRef(Promise.resolve())
  /** What is on the receipt comes back, as long as it has any left; all else goes out. */
  const takeScanned = useEffectEvent(
    (code: string, product: { productId: string; name: string } | undefined) => {
      const undo =
        product === undefined || closed !== undefined ? undefined : exchange.pickProduct(product.productId)
      if (product === undefined || undo === undefined) {
        goods.codeEntered(code)
        return
      }
      playSound('scanned')
      setMessage({
        text: t('{{name}} comes back', product),
        refused: false,
        outInstead: () => {
          setMessage(undefined)
          undo()
          goods.codeEntered(code)
        },
      })
    },
  )
  useWedgeScanner((code) => {
    onScan()
    setText('')
    if (blind) return goods.codeEntered(code)
    // One after the other: the same goods scanned twice come back and go out.
    scanned.current = scanned.current
      .then(() => scannedProduct(code))
      // Whoever looks for it next says why it cannot be.
      .catch(() => undefined)
      .then((product) => takeScanned(code, product))
  })
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
          side === 'back'
            ? t('Search or scan what comes back')
            : blind
              ? t('Search or scan what goes out')
              : t('Scan goods, or search what goes out')
        }
        leftSection={<IconSearch aria-hidden size={20} />}
        rightSection={hasCamera && <CameraButton onCamera={() => onFilming(true)} />}
        rightSectionWidth={52}
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) enter()
          // What was typed goes first; the exchange stands.
          else if (event.key === 'Escape' && text !== '') {
            event.preventDefault()
            setText('')
          }
        }}
      />
      {filming && (
        <CameraFinder inline onLeave={() => onFilming(false)}>
          <CameraHint>{message?.text ?? t('Hold a barcode before the camera')}</CameraHint>
        </CameraFinder>
      )}
      {found.length > 0 && (
        <ul className={classes.found} aria-label={t('Products')}>
          {found.map((product) => (
            <li key={product.productId}>
              <Button
                variant="default"
                h={56}
                fullWidth
                justify="space-between"
                rightSection={product.openPrice ? t('Open price') : <Money amount={product.price} />}
                onClick={() => take(product)}
              >
                {t('Add {{name}}', product)}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p className={message?.refused ? forms.refusal : classes.quiet} role="status">
        {message?.text}
      </p>
      {message?.outInstead !== undefined && (
        <Button variant="default" h={48} onClick={message.outInstead}>
          {t('It goes out instead')}
        </Button>
      )}
      {goods.ask !== undefined && <AskDialog key={goods.ask.askId} ask={goods.ask} onAnswer={goods.answer} />}
    </section>
  )
}
