import { describe, expect, test } from 'vitest'
import { openCamera } from './open-camera.ts'

const failing = (name: string) => ({
  getUserMedia: () => Promise.reject(new DOMException('no picture', name)),
})

describe('a camera that gives no picture', () => {
  test.each([
    ['NotAllowedError', 'refused'],
    ['NotFoundError', 'none'],
    ['OverconstrainedError', 'none'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
  ])('is told by its name: %s is %s', async (name, code) => {
    expect(await openCamera(failing(name))).toEqual({ code })
  })

  test('is unsupported where the page may not ask', async () => {
    expect(await openCamera(undefined)).toEqual({ code: 'unsupported' })
  })
})
