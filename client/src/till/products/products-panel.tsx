import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { useSelling } from '../selling.tsx'
import { useFacts } from '../till-context.tsx'
import { CategoryTabs } from './category-tabs.tsx'
import { MessageBar } from './message-bar.tsx'
import { NoProducts } from './no-products.tsx'
import { ProductTiles } from './product-tiles.tsx'
import classes from './products.module.css'
import { SearchField } from './search-field.tsx'

const MOST_RESULTS = 60

/** Search on top, then the categories, then what can be tapped. */
export function ProductsPanel() {
  const { t } = useTranslation()
  const { catalogue } = useFacts()
  const { search, addProduct, codeEntered, dismiss, message } = useSelling()
  const [text, setText] = useState('')
  const [categoryId, setCategoryId] = useState<string>()
  const [chosen, setChosen] = useState(0)
  const field = useRef<HTMLInputElement>(null)

  // The field answers at once; the results follow as soon as there is time, and skip what was typed over.
  const sought = useDeferredValue(text)
  const searching = sought.trim() !== ''
  const shown = useMemo(() => {
    if (searching) return search?.find(sought, MOST_RESULTS) ?? []
    if (categoryId === undefined) return catalogue.products
    return catalogue.products.filter((product) => product.categoryId === categoryId)
  }, [searching, search, sought, categoryId, catalogue.products])

  const type = (next: string) => {
    setText(next)
    setChosen(0)
    if (message !== undefined) dismiss()
  }
  const enter = () => {
    if (text.trim() === '') return
    const found = sought === text ? shown : (search?.find(text, MOST_RESULTS) ?? [])
    const product = found[chosen]
    if (product !== undefined) addProduct(product)
    else codeEntered(text.trim())
    type('')
  }
  useShortcuts({
    F2: () => field.current?.select(),
    Escape: text !== '' ? () => type('') : undefined,
  })

  const first = shown[chosen]
  return (
    <main className={classes.panel}>
      <h1 className={classes.spoken}>{t('Sell')}</h1>
      <SearchField
        ref={field}
        text={text}
        onText={type}
        onEnter={enter}
        onMove={(by) => setChosen(Math.max(0, Math.min(shown.length - 1, chosen + by)))}
      />
      <CategoryTabs
        categories={catalogue.categories}
        categoryId={searching ? 'none' : categoryId}
        onCategory={(next) => {
          setCategoryId(next)
          type('')
        }}
      />
      <p className={classes.spoken} role="status">
        {searching && first !== undefined
          ? `${t('{{count}} results', { count: shown.length })}. ${t('Enter adds {{name}}.', first)}`
          : searching && search !== undefined
            ? t('Nothing found')
            : ''}
      </p>
      <MessageBar />
      <div
        className={classes.tiles}
        id="products"
        role="tabpanel"
        aria-label={t('Products')}
        aria-busy={sought !== text}
      >
        {shown.length === 0 ? (
          <NoProducts
            searched={searching ? sought : undefined}
            catalogueEmpty={catalogue.products.length === 0}
          />
        ) : (
          <ProductTiles
            topic={searching ? sought : (categoryId ?? '')}
            products={shown}
            chosen={searching ? chosen : undefined}
            onProduct={addProduct}
          />
        )}
      </div>
    </main>
  )
}
