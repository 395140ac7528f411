import { type RefObject, useEffect, useEffectEvent, useState } from 'react'
import { hasTorch, setTorch } from '../../devices/camera/open-camera.ts'
import { type CameraEnd, runCamera } from '../../devices/camera/run-camera.ts'

export type CameraState =
  | { readonly code: 'opening' | CameraEnd }
  | { readonly code: 'open'; readonly torch: 'none' | 'off' | 'on' }

export interface Camera {
  readonly state: CameraState
  readonly retry: () => void
  readonly switchTorch: () => void
  /** Where there is more than one. */
  readonly useOther: (() => void) | undefined
}

/** A camera that runs while its screen is looked at, and no longer. */
export function useCamera(
  video: RefObject<HTMLVideoElement | null>,
  isPaused: () => boolean,
  onCode: (code: string) => void,
): Camera {
  const [state, setState] = useState<CameraState>({ code: 'opening' })
  const [stream, setStream] = useState<MediaStream>()
  const [cameras, setCameras] = useState<{ readonly ids: readonly string[]; readonly current?: string }>({
    ids: [],
  })
  const [wanted, setWanted] = useState<string>()
  const [attempt, setAttempt] = useState(0)
  const looked = useIsLookedAt()
  const paused = useEffectEvent(isPaused)
  const heard = useEffectEvent(onCode)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens it anew
  useEffect(() => {
    const element = video.current
    if (!looked || element === null) return
    const stop = new AbortController()
    setState({ code: 'opening' })
    void runCamera({
      video: element,
      deviceId: wanted,
      isPaused: paused,
      onRunning: ({ stream, deviceId, ids }) => {
        setStream(stream)
        setCameras({ ids, ...(deviceId !== undefined && { current: deviceId }) })
        setState({ code: 'open', torch: hasTorch(stream) ? 'off' : 'none' })
      },
      onCode: heard,
      onEnd: (code) => setState({ code }),
      stop,
    })
    return () => stop.abort()
  }, [video, looked, wanted, attempt])

  const { ids, current } = cameras
  return {
    state,
    retry: () => setAttempt((count) => count + 1),
    switchTorch: () => {
      if (state.code !== 'open' || stream === undefined) return
      const torch = state.torch !== 'on'
      void setTorch(stream, torch).then(
        (did) => did && setState({ code: 'open', torch: torch ? 'on' : 'off' }),
      )
    },
    useOther:
      ids.length > 1 && current !== undefined
        ? () => setWanted(ids[(ids.indexOf(current) + 1) % ids.length])
        : undefined,
  }
}

function useIsLookedAt(): boolean {
  const [looked, setLooked] = useState(() => !document.hidden)
  useEffect(() => {
    const onChange = () => setLooked(!document.hidden)
    document.addEventListener('visibilitychange', onChange)
    return () => document.removeEventListener('visibilitychange', onChange)
  }, [])
  return looked
}
