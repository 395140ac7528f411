import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { CartPanel } from '../cart/cart-panel.tsx'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { MessageBar } from '../products/message-bar.tsx'
import classes from './camera.module.css'
import { CameraFinder } from './camera-finder.tsx'
import { NewestLine } from './newest-line.tsx'

export interface CameraScanProps {
  /** Where the screen has no other place for the cart. */
  readonly withCart: boolean
  readonly onLeave: () => void
}

/** Goods held before the camera are rung up one after the other, as with a scanner. */
export function CameraScan({ withCart, onLeave }: CameraScanProps) {
  const { t } = useTranslation()
  const panel = useRef<HTMLElement>(null)
  useShortcuts({ Escape: onLeave, F2: onLeave })
  useEffect(() => panel.current?.focus(), [])
  return (
    <main ref={panel} className={classes.panel} data-cart={withCart} tabIndex={-1} aria-label={t('Camera')}>
      <h1 className={classes.spoken}>{t('Sell')}</h1>
      <CameraFinder onLeave={onLeave}>
        <NewestLine />
      </CameraFinder>
      <MessageBar />
      {withCart && (
        <div className={classes.cart}>
          <CartPanel />
        </div>
      )}
    </main>
  )
}
