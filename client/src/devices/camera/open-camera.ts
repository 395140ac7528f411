/** Why there is no picture. */
export type NoCamera = 'refused' | 'none' | 'busy' | 'unsupported'

export type OpenedCamera =
  | { readonly code: 'open'; readonly stream: MediaStream; readonly deviceId: string | undefined }
  | { readonly code: NoCamera }

type Media = Pick<MediaDevices, 'getUserMedia'> | undefined

/** What a track with a lamp or a lens says of it: https://w3c.github.io/mediacapture-image/ */
interface LensCapabilities extends MediaTrackCapabilities {
  readonly torch?: boolean
  readonly focusMode?: readonly string[]
}

/**
 * @param media undefined where the page is not on a secure address
 * @param deviceId a certain camera; else the one that looks away from the person
 */
export async function openCamera(media: Media, deviceId?: string): Promise<OpenedCamera> {
  if (media === undefined) return { code: 'unsupported' }
  try {
    const stream = await media.getUserMedia({
      audio: false,
      video: {
        width: { ideal: 1280 },
        height: { ideal: 720 },
        ...(deviceId === undefined
          ? { facingMode: { ideal: 'environment' } }
          : { deviceId: { exact: deviceId } }),
      },
    })
    const [track] = stream.getVideoTracks()
    if (track !== undefined) await focusContinuously(track)
    return { code: 'open', stream, deviceId: track?.getSettings().deviceId }
  } catch (error) {
    return { code: whyNot(error) }
  }
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

export const hasTorch = (stream: MediaStream): boolean =>
  stream.getVideoTracks().some((track) => capabilitiesOf(track).torch === true)

/** @returns whether it did */
export async function setTorch(stream: MediaStream, torch: boolean): Promise<boolean> {
  return constrain(stream.getVideoTracks()[0], { torch })
}

/** The cameras of this device; until a person has allowed them a browser may tell of one and give it no id. */
export async function cameraIds(
  media: Pick<MediaDevices, 'enumerateDevices'> | undefined,
): Promise<string[]> {
  const devices = await media?.enumerateDevices().catch(() => [])
  return (devices ?? []).filter(({ kind }) => kind === 'videoinput').map(({ deviceId }) => deviceId)
}

async function focusContinuously(track: MediaStreamTrack): Promise<void> {
  if (capabilitiesOf(track).focusMode?.includes('continuous'))
    await constrain(track, { focusMode: 'continuous' })
}

async function constrain(track: MediaStreamTrack | undefined, lens: object): Promise<boolean> {
  try {
    await track?.applyConstraints({ advanced: [lens] })
    return track !== undefined
  } catch {
    return false
  }
}

const capabilitiesOf = (track: MediaStreamTrack): LensCapabilities => track.getCapabilities?.() ?? {}

/** By the names of https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia */
function whyNot(error: unknown): NoCamera {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none'
    default:
      return 'busy'
  }
}
