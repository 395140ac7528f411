import type { ComponentType, ReactNode } from 'react'
import classes from './states.module.css'

type Icon = ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>

export interface EmptyStateProps {
  readonly icon?: Icon
  /** What will appear here. */
  readonly title: ReactNode
  /** How to make it appear. */
  readonly children?: ReactNode
  readonly action?: ReactNode
}

export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={classes.state}>
      {Icon && <Icon size={36} stroke={1.5} aria-hidden />}
      <p className={classes.title}>{title}</p>
      {children !== undefined && <p className={classes.words}>{children}</p>}
      {action}
    </div>
  )
}
