import type { ComponentType, MouseEventHandler, ReactNode } from 'react'
import classes from './status-chip.module.css'

/** green = paid or safe, amber = waiting or look, red = needs a person, blue = information. */
export type Tone = 'safe' | 'waiting' | 'bad' | 'info' | 'plain'

type Icon = ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>

export interface StatusChipProps {
  readonly tone: Tone
  /** Never colour alone: an icon and words too. */
  readonly icon: Icon
  readonly children: ReactNode
  /** With it the chip is a button. */
  readonly onClick?: MouseEventHandler<HTMLButtonElement>
}

export function StatusChip({ tone, icon: Icon, children, onClick }: StatusChipProps) {
  const content = (
    <>
      <Icon size={16} stroke={2} aria-hidden />
      <span className={classes.words}>{children}</span>
    </>
  )
  const className = `${classes.chip} ${classes[tone]}`
  if (onClick === undefined) return <span className={className}>{content}</span>
  return (
    <button type="button" className={className} onClick={onClick}>
      {content}
    </button>
  )
}
