import type { ReactNode } from 'react'
import classes from './facts.module.css'

interface FactsProps {
  /** Pixels kept for the labels, so that all values stand in one line. */
  readonly labels: number
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** What is known of one thing, a row a fact. */
export function Facts({ labels, className, children }: FactsProps) {
  return (
    <dl
      className={className === undefined ? classes.facts : `${classes.facts} ${className}`}
      style={{ '--labels': `${labels}px` }}
    >
      {children}
    </dl>
  )
}

export const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)
