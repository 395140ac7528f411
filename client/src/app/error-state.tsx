import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './states.module.css'

export interface ErrorStateProps {
  /** What happened, as a sentence. */
  readonly title: string
  /** What it means and what to do. */
  readonly children?: ReactNode
  readonly onRetry?: () => void
  /** On a till: the way out for what was sold, from a page that needs none of the others. */
  readonly rescue?: boolean
}

export function ErrorState({ title, children, onRetry, rescue = false }: ErrorStateProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.state} role="alert">
      <IconAlertTriangle className={classes.bad} size={36} stroke={1.5} aria-hidden />
      <p className={classes.title}>{title}</p>
      {children !== undefined && <p className={classes.words}>{children}</p>}
      {(onRetry || rescue) && (
        <div className={classes.ways}>
          {onRetry && (
            <Button variant={rescue ? 'filled' : 'default'} {...(rescue && { h: 48 })} onClick={onRetry}>
              {t('Try again')}
            </Button>
          )}
          {rescue && (
            <Button variant="default" h={48} component="a" href="/rescue">
              {t('Save unsent sales to a file')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
