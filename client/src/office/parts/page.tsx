import { type ReactNode, useEffect, useRef } from 'react'
import classes from './page.module.css'

interface PageProps {
  readonly title: string
  /** The way back, over the heading. */
  readonly above?: ReactNode
  /** Next to the heading: the one thing a person does here most. */
  readonly action?: ReactNode
  /** What the page is narrowed to. */
  readonly filters?: ReactNode
  /** The page is as tall as the screen, and what is in it scrolls. */
  readonly filled?: boolean
  readonly children: ReactNode
}

export function Page({ title, above, action, filters, filled, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  // Whoever listens instead of looking is told that the page has changed.
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <div className={classes.page} data-filled={filled || undefined}>
      <title>{`${title} · Evertill`}</title>
      <header className={classes.head}>
        {above !== undefined && <div className={classes.above}>{above}</div>}
        <h1 className={classes.title} ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {action !== undefined && <div className={classes.action}>{action}</div>}
        {filters !== undefined && <div className={classes.filters}>{filters}</div>}
      </header>
      {children}
    </div>
  )
}
