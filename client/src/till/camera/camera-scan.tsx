import { IconBulb, IconBulbFilled, IconCameraRotate, IconX } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeepAwake } from '../../devices/keep-awake.ts'
import { hearScan } from '../../devices/use-wedge-scanner.ts'
import { CartPanel } from '../cart/cart-panel.tsx'
import { useShortcuts } from '../frame/use-shortcuts.ts'
import { MessageBar } from '../products/message-bar.tsx'
import classes from './camera.module.css'
import { CameraTrouble } from './camera-trouble.tsx'
import { NewestLine } from './newest-line.tsx'
import { useCamera } from './use-camera.ts'

const TICK_MS = 30

export interface CameraScanProps {
  /** Where the screen has no other place for the cart. */
  readonly withCart: boolean
  readonly onLeave: () => void
}

/** Goods held before the camera are rung up one after the other, as with a scanner. */
export function CameraScan({ withCart, onLeave }: CameraScanProps) {
  const { t } = useTranslation()
  const video = useRef<HTMLVideoElement>(null)
  const panel = useRef<HTMLElement>(null)
  const camera = useCamera(video, isAsked, (code) => {
    navigator.vibrate?.(TICK_MS)
    hearScan(code)
  })
  const { state } = camera
  useKeepAwake()
  useShortcuts({ Escape: onLeave, F2: onLeave })
  useEffect(() => panel.current?.focus(), [])

  return (
    <main ref={panel} className={classes.panel} data-cart={withCart} tabIndex={-1} aria-label={t('Camera')}>
      <h1 className={classes.spoken}>{t('Sell')}</h1>
      <div className={classes.finder} data-open={state.code === 'open'}>
        {/* It has a picture and no sound, and the picture is the counter. */}
        <video ref={video} className={classes.video} muted playsInline aria-hidden tabIndex={-1} />
        {state.code === 'open' && <div className={classes.aim} aria-hidden />}
        {state.code !== 'open' && state.code !== 'opening' && (
          <CameraTrouble code={state.code} onRetry={camera.retry} onLeave={onLeave} />
        )}
        <div className={classes.switches}>
          {state.code === 'open' && state.torch !== 'none' && (
            <button
              type="button"
              aria-pressed={state.torch === 'on'}
              aria-label={t('Light')}
              onClick={camera.switchTorch}
            >
              {state.torch === 'on' ? (
                <IconBulbFilled aria-hidden size={24} />
              ) : (
                <IconBulb aria-hidden size={24} />
              )}
            </button>
          )}
          {camera.useOther !== undefined && (
            <button type="button" aria-label={t('Use the other camera')} onClick={camera.useOther}>
              <IconCameraRotate aria-hidden size={24} />
            </button>
          )}
          <button type="button" aria-label={t('Close the camera')} onClick={onLeave}>
            <IconX aria-hidden size={24} />
          </button>
        </div>
        {state.code === 'open' && <NewestLine />}
      </div>
      <MessageBar />
      {withCart && (
        <div className={classes.cart}>
          <CartPanel />
        </div>
      )}
    </main>
  )
}

/** What passes the camera while something is asked is no answer to it. */
const isAsked = () => document.querySelector('[role="dialog"],[role="menu"]') !== null
