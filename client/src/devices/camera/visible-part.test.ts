import { expect, test } from 'vitest'
import { readingSize, visiblePart } from './visible-part.ts'

test('of a tall picture in a wide box the middle is seen, and of a wide one in a tall box', () => {
  expect(visiblePart({ width: 720, height: 1280 }, { width: 360, height: 280 })).toEqual({
    x: 0,
    y: 360,
    width: 720,
    height: 560,
  })
  expect(visiblePart({ width: 1280, height: 720 }, { width: 300, height: 300 })).toEqual({
    x: 280,
    y: 0,
    width: 720,
    height: 720,
  })
})

test('whole pixels are read', () => {
  expect(visiblePart({ width: 640, height: 360 }, { width: 390, height: 285 })).toEqual({
    x: 74,
    y: 0,
    width: 493,
    height: 360,
  })
})

test('a box that is not laid out yet hides nothing', () => {
  expect(visiblePart({ width: 640, height: 480 }, { width: 0, height: 0 })).toEqual({
    x: 0,
    y: 0,
    width: 640,
    height: 480,
  })
})

test('a large picture is read smaller, a small one as it is', () => {
  expect(readingSize({ width: 1920, height: 1080 })).toEqual({ width: 960, height: 540 })
  expect(readingSize({ width: 640, height: 480 })).toEqual({ width: 640, height: 480 })
})
