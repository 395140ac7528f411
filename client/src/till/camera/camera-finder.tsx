import { IconBulb, IconBulbFilled, IconCameraRotate, IconX } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { hearScan } from '../../devices/use-wedge-scanner.ts'
import classes from './camera.module.css'
import { CameraTrouble } from './camera-trouble.tsx'
import { useCamera } from './use-camera.ts'

const TICK_MS = 30

export interface CameraFinderProps {
  readonly onLeave: () => void
  /** Among other things on a page, of a height of its own; otherwise it takes the room there is. */
  readonly inline?: boolean
  /** Over the picture, once there is one: what to hold before it, or what came of that. */
  readonly children: ReactNode
}

/** What the camera sees: a code in it is heard wherever a scanner's would be. */
export function CameraFinder({ onLeave, inline = false, children }: CameraFinderProps) {
  const { t } = useTranslation()
  const video = useRef<HTMLVideoElement>(null)
  const camera = useCamera(video, isAsked, (code) => {
    navigator.vibrate?.(TICK_MS)
    hearScan(code)
  })
  const { state } = camera
  return (
    <div className={classes.finder} data-open={state.code === 'open'} data-inline={inline}>
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
      {state.code === 'open' && children}
    </div>
  )
}

/** What to hold before the camera, over its picture. */
export const CameraHint = ({ children }: { children: ReactNode }) => (
  <p className={classes.hint}>{children}</p>
)

/** What passes the camera while something is asked is no answer to it. */
const isAsked = () => document.querySelector('[role="dialog"],[role="menu"]') !== null
