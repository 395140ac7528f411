import { expect, test, vi } from 'vitest'
import { type CameraEnd, type CameraMeans, runCamera } from './run-camera.ts'

/** A camera whose pictures are read by `read`, and what of it runs. */
function cameraForTests(read: () => Promise<readonly string[]>) {
  const running = { track: true, reader: true, awake: true }
  let reads = 0
  const track = Object.assign(new EventTarget(), {
    stop: () => {
      running.track = false
    },
    getSettings: () => ({}),
  })
  const stream = { getTracks: () => [track], getVideoTracks: () => [track] } as unknown as MediaStream
  const means: CameraMeans = {
    media: { getUserMedia: async () => stream, enumerateDevices: async () => [] },
    openReader: async () => ({
      read: () => {
        reads += 1
        return read()
      },
      close: () => {
        running.reader = false
      },
    }),
    keepAwake: () => () => {
      running.awake = false
    },
  }
  const video = { srcObject: null, clientWidth: 1, clientHeight: 1, play: async () => undefined }
  const ends: CameraEnd[] = []
  const stop = new AbortController()
  const onRunning = vi.fn()
  const run = () =>
    runCamera(
      {
        video: video as unknown as HTMLVideoElement,
        deviceId: undefined,
        isPaused: () => false,
        onRunning,
        onCode: () => undefined,
        onEnd: (end) => ends.push(end),
        stop,
      },
      means,
    )
  return { run, running, track, video, ends, stop, onRunning, reads: () => reads }
}

const ALL_STOPPED = { track: false, reader: false, awake: false }

test('a camera whose pictures cannot be read says so and stops', async () => {
  const camera = cameraForTests(() => Promise.reject(new Error('the decoder failed')))
  await camera.run()
  expect(camera.ends).toEqual(['unreadable'])
  expect(camera.running).toEqual(ALL_STOPPED)
  expect(camera.video.srcObject).toBeNull()
})

test('a camera that is taken away says so, and its last picture is not read on and on', async () => {
  const camera = cameraForTests(async () => [])
  const over = camera.run()
  await vi.waitFor(() => expect(camera.reads()).toBeGreaterThan(0))
  camera.track.dispatchEvent(new Event('ended'))
  await over
  expect(camera.ends).toEqual(['busy'])
  expect(camera.running).toEqual(ALL_STOPPED)
  expect(camera.video.srcObject).toBeNull()
})

test('a camera that is left stops and says nothing', async () => {
  const camera = cameraForTests(async () => [])
  const over = camera.run()
  await vi.waitFor(() => expect(camera.onRunning).toHaveBeenCalled())
  camera.stop.abort()
  await over
  expect(camera.ends).toEqual([])
  expect(camera.running).toEqual(ALL_STOPPED)
})
