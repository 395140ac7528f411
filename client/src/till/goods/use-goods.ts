import type { CartProduct } from '@evertill/shared/domain/cart'
import { thousandths } from '@evertill/shared/domain/money'
import { readValueCode } from '@evertill/shared/domain/stored-value'
import type { ProductRow } from '@evertill/shared/protocol/pull'
import { useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { minorPerUnit } from '../../app/format.ts'
import { playSound } from '../../devices/sound.ts'
import { findScanned, type Scanned } from '../../store/find-scanned.ts'
import { useFacts, useServices } from '../till-context.tsx'
import { type Ask, askAbout, type Known, knownFromLabel, type RungUp } from './ask.ts'
import { cartProductOf } from './cart-product.ts'

/** How much of a product is taken, where it is not one. */
export type HowMuch = Omit<Known, 'unitPrice'>

/** Where goods go that were scanned, typed or tapped. */
export interface GoodsPlace {
  /** In words, why nothing can be taken now. */
  readonly closed: string | undefined
  /** At the price it carries; heard already, where it is taken. */
  readonly take: (product: CartProduct, howMuch: HowMuch) => void
  readonly refuse: (words: string) => void
  /** Something is asked: what was said before is over. */
  readonly onAsk: () => void
  /** @param paper see Scanned */
  readonly onReceipt: (paper: string) => void
  readonly onValue: (code: string) => void
}

export interface Goods {
  /** Takes one of it, or as many as said, or asks what has to be known first. */
  readonly addProduct: (product: ProductRow, pieces?: number) => void
  /** Asks which of the variants of its name. */
  readonly chooseVariant: (product: ProductRow, pieces?: number) => void
  /** @returns whether it stands for something here; otherwise it was said that it does not */
  readonly codeEntered: (code: string, pieces?: number) => Promise<boolean>
  readonly ask: Ask | undefined
  /** Takes what was asked about; or not, if it was not answered. */
  readonly answer: (given?: RungUp) => void
}

/** From a code or a tap to goods: labels of scales, open prices, weights and variants, on every screen that takes goods. */
export function useGoods({ closed, take, refuse, onAsk, onReceipt, onValue }: GoodsPlace): Goods {
  const { t } = useTranslation()
  const { db, newId } = useServices()
  const { catalogue } = useFacts()
  const { company } = catalogue
  const [asks, setAsks] = useState<readonly Ask[]>([])
  const [ask] = asks

  const ringUp = (row: ProductRow, { unitPrice, ...howMuch }: Known) => {
    const product = cartProductOf(row, catalogue)
    if (product === undefined)
      return refuse(
        t('{{name}} has no tax code and cannot be sold. Head office can mend it under Products.', row),
      )
    if (closed === undefined) playSound('scanned')
    take({ ...product, unitPrice: unitPrice ?? product.unitPrice }, howMuch)
  }
  const askFirst = (asked: Omit<Ask, 'askId'>, goesOn = false) => {
    if (closed !== undefined) return refuse(closed)
    playSound('scanned')
    onAsk()
    const next = { askId: newId(), ...asked }
    setAsks((waiting) => (goesOn ? [next, ...waiting] : [...waiting, next]))
  }
  /** @param goesOn with what was asked about just now: nothing that waits comes between */
  const takeOrAsk = (product: ProductRow, known: Known, goesOn?: boolean) => {
    const about = askAbout(product, known)
    if (about === undefined) ringUp(product, known)
    else askFirst({ about, product, known }, goesOn)
  }
  const addProduct = (row: ProductRow, pieces?: number) => takeOrAsk(row, quantityOf(pieces))

  const minorDigits = Math.round(Math.log10(minorPerUnit(company.currency)))
  const entered = useRef<Promise<unknown>>(Promise.resolve())
  const takeEntered = useEffectEvent((code: string, found: Scanned, pieces?: number) => {
    switch (found.code) {
      case 'product':
        return addProduct(found.product, pieces)
      case 'labelled':
        if (pieces !== undefined)
          return refuse(t('A scale’s label is one pack. Scan each pack of {{name}}.', found.product))
        return takeLabelled(found)
      case 'unknown-label': {
        const { itemCode } = found.label
        return refuse(
          t('No product has the item code {{itemCode}} of this scale’s label. Search by name and weigh it.', {
            itemCode,
          }),
        )
      }
      case 'receipt':
        return onReceipt(found.paper)
      case 'unknown':
        return refuse(
          t('No product has the code {{code}}. Search by name, or ask head office to add it.', { code }),
        )
    }
  })
  const takeLabelled = ({ product, label, goods }: Extract<Scanned, { code: 'labelled' }>) => {
    switch (goods.code) {
      case 'goods':
        return takeOrAsk(product, knownFromLabel(label, goods))
      case 'empty':
        return refuse(t('The label on {{name}} says nothing. Weigh it again.', product))
      case 'wrong-unit':
        return refuse(
          label.carries === 'weight'
            ? t('The label on {{name}} is a weight, but it is sold by the piece.', product)
            : t('The label on {{name}} is a count, but it is sold by weight.', product),
        )
    }
  }

  return {
    addProduct,
    chooseVariant: (product, pieces) => askFirst({ about: 'variant', product, known: quantityOf(pieces) }),
    ask,
    answer: (given) => {
      setAsks((waiting) => waiting.slice(1))
      if (given === undefined || ask === undefined) return
      const { product = ask.product, ...said } = given
      // The variant that was chosen may have to be weighed, and so what has a price now.
      takeOrAsk(product, { ...ask.known, ...said }, true)
    },
    codeEntered: (code, pieces) => {
      // A gift card that somebody typed, or a scanner whose keys come slowly.
      const value = readValueCode(code)
      if (value !== undefined) {
        onValue(value)
        return Promise.resolve(true)
      }
      // One after the other: two scans in a row are taken in their order.
      const known = entered.current
        .then(() => findScanned(db, code, company.scaleLabels ?? [], minorDigits))
        .then((found) => {
          takeEntered(code, found, pieces)
          return found.code !== 'unknown' && found.code !== 'unknown-label'
        })
        .catch(() => {
          refuse(
            t('This browser could not look up {{code}}. Scan it again, or load the page again.', { code }),
          )
          return false
        })
      entered.current = known
      return known
    },
  }
}

const quantityOf = (pieces: number | undefined): Known =>
  pieces === undefined ? {} : { quantity: thousandths(pieces * 1000) }
