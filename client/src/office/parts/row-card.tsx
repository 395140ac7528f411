import type { LinkComponentProps } from '@tanstack/react-router'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import classes from './card-link.module.css'
import { useRowMain } from './row-main.tsx'

interface RowCardProps {
  readonly link: Pick<LinkComponentProps, 'to' | 'params' | 'search'>
  readonly title: ReactNode
  readonly quiet: ReactNode
  readonly end?: ReactNode
}

/** A row as it looks on a phone: two lines of words, and the number on the right. */
export function RowCard({ link, title, quiet, end }: RowCardProps) {
  const main = useRowMain()
  return (
    <Link {...link} className={classes.card} {...main}>
      <span className={classes.words}>
        <span className={classes.title}>{title}</span>
        <span className={classes.quiet}>{quiet}</span>
      </span>
      {end !== undefined && <span className={classes.end}>{end}</span>}
    </Link>
  )
}
