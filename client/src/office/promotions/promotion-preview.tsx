import type { Promotion } from '@evertill/shared/domain/promotion'
import type { PromotionOptions, PromotionProduct } from '@evertill/shared/protocol/office/promotions'
import { ActionIcon, Select } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { quantityText } from '../../app/format.ts'
import { Money, useMoneyText } from '../../app/money.tsx'
import { useNow } from '../office-context.tsx'
import cards from '../parts/cards.module.css'
import { dateText } from '../words/dates.ts'
import { addedTo, exampleBasket, steppedBasket } from './example-basket.ts'
import { type ExampleItem, priceExample } from './price-example.ts'
import classes from './promotion.module.css'
import { clockWords } from './promotion-words.ts'
import { useProductSearch } from './use-product-search.ts'

interface PromotionPreviewProps {
  readonly promotion: Promotion
  readonly options: PromotionOptions
  /** Goods it is about. */
  readonly goods: readonly PromotionProduct[]
  /** Names of the tiers it is for. */
  readonly tierName: string | undefined
}

/** An example basket as a till would ring it up, worked out by the till’s own code. */
export function PromotionPreview({ promotion, options, goods, tierName }: PromotionPreviewProps) {
  const now = useNow(60_000)
  // Until a person changes it, it follows what the form says.
  const [own, setOwn] = useState<readonly ExampleItem[]>()
  const items = own ?? exampleBasket(promotion.offer, goods)
  const { priced, moment, given } = priceExample(items, promotion, options, now)
  const plain = useMoneyText()
  return (
    <section className={cards.card} aria-label="At the till">
      <h2 className={cards.title}>At the till</h2>
      <p className={cards.quiet}>
        {moment === undefined
          ? 'It is never on, so this is what the basket costs without it.'
          : `An example, as it is rung up on ${dateText(moment.date)} at ${clockWords(moment.minute)}${
              tierName === undefined ? '' : ` for a ${tierName} member`
            }.`}
      </p>
      {items.length > 0 ? (
        <>
          <ul className={classes.lines} aria-label="Example basket">
            {priced.lines.map((line) => (
              <li key={line.lineId} className={classes.line}>
                <span className={classes.lineName}>{line.name}</span>
                <span className={classes.steps}>
                  <Step
                    label={`One less: ${line.name}`}
                    onClick={() => setOwn(steppedBasket(items, line.productId, -1))}
                  >
                    <IconMinus size={16} aria-hidden />
                  </Step>
                  <output>{quantityText(line.quantity, line.unit)}</output>
                  <Step
                    label={`One more: ${line.name}`}
                    onClick={() => setOwn(steppedBasket(items, line.productId, 1))}
                  >
                    <IconPlus size={16} aria-hidden />
                  </Step>
                </span>
                <Money amount={line.gross} />
                {line.promotions.map(({ promotionId, name, amount }) => (
                  <span
                    key={promotionId}
                    className={classes.gift}
                    data-other={promotionId === promotion.promotionId ? undefined : true}
                  >
                    <span>{name}</span>
                    <Money amount={-amount} />
                  </span>
                ))}
              </li>
            ))}
          </ul>
          <dl className={classes.totals} aria-live="polite">
            <div className={classes.total}>
              <dt>To pay</dt>
              <dd>
                <Money amount={priced.total} />
              </dd>
            </div>
            <div>
              <dt>Without promotions</dt>
              <dd>
                <Money amount={priced.total + priced.discount} />
              </dd>
            </div>
            <div>
              <dt>{options.rules.inclusive ? 'GST in it' : 'GST on top'}</dt>
              <dd>
                <Money amount={priced.tax} />
              </dd>
            </div>
          </dl>
          {moment !== undefined && given === 0 && (
            <p className={cards.quiet}>It gives nothing on this basket. {ANOTHER[promotion.offer.kind]}</p>
          )}
        </>
      ) : (
        <p className={cards.quiet}>Choose what it is on, or add something below, and see what it comes to.</p>
      )}
      <AddToBasket plain={plain} onAdd={(product) => setOwn(addedTo(items, product))} />
    </section>
  )
}

const ANOTHER = {
  off: 'Add something that it is on.',
  price: 'Add something that it is on, and that costs more.',
  set: 'Add pieces until they make up a set that costs more.',
  'buy-get': 'Add pieces until some are given.',
} as const

interface StepProps {
  readonly label: string
  readonly onClick: () => void
  readonly children: React.ReactNode
}

function Step({ label, onClick, children }: StepProps) {
  return (
    <ActionIcon variant="default" size={32} aria-label={label} onClick={onClick}>
      {children}
    </ActionIcon>
  )
}

interface AddToBasketProps {
  readonly plain: (amount: number) => string
  readonly onAdd: (product: PromotionProduct) => void
}

function AddToBasket({ plain, onAdd }: AddToBasketProps) {
  const [typed, setTyped] = useState('')
  const { found, searching } = useProductSearch(typed)
  return (
    <Select
      mt="md"
      aria-label="Add to the example"
      placeholder="Add another product to the example"
      searchable
      value={null}
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={
        typed.trim() === '' ? 'Type a few letters' : searching ? 'Searching' : 'No product like that'
      }
      data={found.map(({ productId, name, price }) => ({
        value: productId,
        label: `${name} · ${plain(price)}`,
      }))}
      onChange={(id) => {
        const product = found.find(({ productId }) => productId === id)
        setTyped('')
        if (product !== undefined) onAdd(product)
      }}
    />
  )
}
