import type { ProductRow } from '@evertill/shared/protocol/pull'
import { useRouter } from '@tanstack/react-router'
import {
  memo,
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from 'react'
import { useTranslation } from 'react-i18next'
import { later } from '../../app/later.tsx'
import type { ProductQuery } from '../../store/product-lists.ts'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { isPaid } from '../go.ts'
import { onScan } from '../scans.ts'
import { useSellingActions } from '../selling-actions.tsx'
import { useFacts, useServices } from '../till-context.tsx'
import { CategoryTabs, FAVOURITES } from './category-tabs.tsx'
import { MessageBar } from './message-bar.tsx'
import { NoProducts } from './no-products.tsx'
import { piecesAhead } from './pieces-ahead.ts'
import { isSame } from './product-list.ts'
import classes from './products.module.css'
import { SearchField } from './search-field.tsx'
import { type Favourites, noteShown, useFavourites } from './use-favourites.ts'
import { useTypingGoesToSearch } from './use-typing-goes-to-search.ts'

// A scan needs no tiles: they come while the PIN is typed.
const ProductTiles = later(async () => (await import('./product-tiles.tsx')).ProductTiles)

export interface ProductsPanelProps {
  /** Out of sight it keeps what it has: the next sale begins with it. */
  readonly active: boolean
  readonly field: RefObject<HTMLInputElement | null>
}

/** Search on top, then the categories, then what can be tapped. */
export const ProductsPanel = memo(function ProductsPanel({ active, field }: ProductsPanelProps) {
  const { t } = useTranslation()
  const { catalogue } = useFacts()
  const { shownProducts } = useServices()
  const { addProduct, chooseVariant, codeEntered, dismiss, openCamera } = useSellingActions()
  const [text, setText] = useState('')
  const favourites = useFavourites()
  const home = favourites.shownBefore.length > 0 ? FAVOURITES : undefined
  const [tab, setTab] = useState(home)
  const [chosen, setChosen] = useState(0)

  // The field answers at once; the list of before stays until the one for what was typed has come.
  const { pieces, rest } = piecesAhead(text)
  const asked = queryOf(rest, tab, favourites)
  const list = useSyncExternalStore(shownProducts.subscribe, shownProducts.get)
  const isCurrent = list !== undefined && isSame(list.query, asked)
  const sought = list !== undefined && 'text' in list.query ? list.query.text : undefined
  const count = list?.count ?? 0
  // On the way in, on another tab, and when the favourites become known.
  const shelf = JSON.stringify(queryOf('', tab, favourites))
  useEffect(() => shownProducts.show(JSON.parse(shelf)), [shownProducts, shelf])
  useEffect(() => {
    if (list !== undefined && 'favourites' in list.query) noteShown(list)
  }, [list])

  const ask = (next: string) => {
    setText(next)
    setChosen(0)
    shownProducts.show(queryOf(piecesAhead(next).rest, tab, favourites))
    dismiss()
  }
  const add = async (product: ProductRow | undefined, typed: string) => {
    if (product !== undefined) {
      ask('')
      addProduct(product, pieces)
    } else if (await codeEntered(typed, pieces)) ask('')
    // A slip of the finger is mended, or typed over.
    else field.current?.select()
  }
  const enter = () => {
    const typed = rest.trim()
    if (typed === '') return
    if (isCurrent) void add(list.at(chosen), typed)
    else void shownProducts.first(asked).then((product) => add(product, typed))
  }
  const showTab = useCallback(
    (next: string | undefined) => {
      setTab(next)
      setText('')
      setChosen(0)
      dismiss()
    },
    [dismiss],
  )
  // A category shows the variants of one name as one; what was typed or is at hand is one of them.
  const isGrouped = list !== undefined && !('text' in list.query) && !('favourites' in list.query)
  useShortcuts({
    F2: active ? () => field.current?.select() : undefined,
    Escape: active && text !== '' ? () => ask('') : undefined,
  })
  useTypingGoesToSearch(active, field, ask)
  // They were for what was scanned.
  const forgetPieces = useEffectEvent(() => pieces !== undefined && ask(''))
  useEffect(() => onScan(() => forgetPieces()), [])
  // Whoever comes back begins anew, with the cursor in the field.
  const beginAnew = useEffectEvent(() => {
    setChosen(0)
    setTab(home)
    if (text !== '') ask('')
  })
  useLayoutEffect(() => {
    if (!active) beginAnew()
    else if (matchMedia('(pointer: fine)').matches) field.current?.focus()
  }, [active, field])
  const { history } = useRouter()
  useEffect(() => history.subscribe(({ location }) => isPaid(location.pathname) && beginAnew()), [history])

  const first = sought === undefined ? undefined : list?.at(chosen)
  return (
    <main className={classes.panel} data-away={!active}>
      <h1 className={classes.spoken}>{t('Sell')}</h1>
      <SearchField
        ref={field}
        text={text}
        onText={ask}
        onEnter={enter}
        onMove={(by) => setChosen(Math.max(0, Math.min(count - 1, chosen + by)))}
        onCamera={openCamera}
      />
      <CategoryTabs categories={catalogue.categories} tab={'text' in asked ? 'none' : tab} onTab={showTab} />
      <p className={classes.spoken} role="status">
        {first !== undefined
          ? `${t('{{count}} results', { count })}. ${t('Enter adds {{name}}.', first)}`
          : sought !== undefined && isCurrent
            ? t('Nothing found')
            : pieces !== undefined
              ? t('{{pieces}} of what is added next', { pieces })
              : ''}
      </p>
      <MessageBar />
      <div
        className={classes.tiles}
        id="products"
        role="tabpanel"
        aria-label={t('Products')}
        aria-busy={!isCurrent}
      >
        {list !== undefined && list.count === 0 && (
          <NoProducts
            searched={sought}
            favourites={'favourites' in list.query}
            catalogueEmpty={isGrouped && list.query.categoryId === undefined}
          />
        )}
        {list !== undefined && list.count > 0 && (
          <ProductTiles
            list={list}
            chosen={sought === undefined ? undefined : chosen}
            onNeed={shownProducts.need}
            grouped={isGrouped}
            onProduct={(product) => {
              if (pieces !== undefined) ask('')
              if (isGrouped && product.variantOf !== undefined) chooseVariant(product, pieces)
              else addProduct(product, pieces)
            }}
          />
        )}
      </div>
    </main>
  )
})

function queryOf(
  text: string,
  tab: string | undefined,
  { own, shownBefore }: Pick<Favourites, 'own' | 'shownBefore'>,
): ProductQuery {
  if (text.trim() !== '') return { text }
  if (tab === FAVOURITES) return { favourites: own, shownBefore }
  return tab === undefined ? {} : { categoryId: tab }
}
