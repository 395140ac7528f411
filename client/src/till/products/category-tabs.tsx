import type { CategoryRow } from '@evertill/shared/protocol/pull'
import { type KeyboardEvent, memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './products.module.css'

export interface CategoryTabsProps {
  readonly categories: readonly CategoryRow[]
  /** Undefined is all of them; `none` none, while something is typed. */
  readonly tab: string | undefined
  readonly onTab: (tab: string | undefined) => void
}

/** The tab of what the shop or this till wants at hand. No category has this id. */
export const FAVOURITES = 'favourites'

export const CategoryTabs = memo(function CategoryTabs({ categories, tab, onTab }: CategoryTabsProps) {
  const { t } = useTranslation()
  const list = useRef<HTMLDivElement>(null)
  const tabs = [
    { id: FAVOURITES, name: t('Favourites') },
    { id: undefined, name: t('All') },
    ...categories.map((category) => ({ id: category.categoryId, name: category.name })),
  ]
  const selected = tabs.findIndex(({ id }) => id === tab)

  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key]
    if (by === undefined) return
    event.preventDefault()
    const next = Math.max(0, Math.min(tabs.length - 1, Math.max(0, selected) + by))
    onTab(tabs[next]?.id)
    const button = list.current?.children[next]
    if (button instanceof HTMLElement) button.focus()
  }

  // A mouse wheel turns the row too.
  useEffect(() => {
    const row = list.current
    if (row === null) return
    const onWheel = (event: WheelEvent) => {
      if (event.deltaX !== 0 || row.scrollWidth <= row.clientWidth) return
      event.preventDefault()
      row.scrollLeft += event.deltaY
    }
    row.addEventListener('wheel', onWheel, { passive: false })
    return () => row.removeEventListener('wheel', onWheel)
  }, [])

  return (
    <div
      ref={list}
      className={classes.tabs}
      role="tablist"
      aria-label={t('Categories')}
      onKeyDown={onKeyDown}
    >
      {tabs.map(({ id, name }, i) => (
        <button
          key={id ?? 'all'}
          type="button"
          role="tab"
          className={classes.tab}
          aria-selected={i === selected}
          aria-controls="products"
          tabIndex={i === Math.max(0, selected) ? 0 : -1}
          onClick={(event) => {
            onTab(id)
            event.currentTarget.scrollIntoView({ block: 'nearest', inline: 'center' })
          }}
        >
          {name}
        </button>
      ))}
    </div>
  )
})
