import { zLogo } from '@evertill/shared/protocol/logo'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ditheredDots, fittedSize } from './make-logo.ts'

test('whatever the shape of a picture, the logo fits on paper in whole bands and keeps its proportions', () => {
  const side = fc.integer({ min: 1, max: 8000 })
  fc.assert(
    fc.property(side, side, fc.constantFrom(384, 288, 216, 162, 121), (width, height, most) => {
      const fitted = fittedSize({ width, height }, most)
      const sized = zLogo.pick({ width: true, height: true }).safeParse(fitted)
      expect([fitted, sized.success]).toEqual([fitted, true])
      expect(fitted.drawn.width).toBeLessThanOrEqual(Math.min(width, most))
      expect(Math.abs(fitted.drawn.width * height - fitted.drawn.height * width)).toBeLessThanOrEqual(
        Math.max(width, height),
      )
    }),
  )
})

const rgba = (greys: readonly number[]) =>
  Uint8ClampedArray.from(greys.flatMap((grey) => [grey, grey, grey, 255]))

test('black and white stay as they are, and the first dot is the highest bit', () => {
  const greys = [0, 255, 255, 255, 255, 255, 255, 0, ...Array<number>(8).fill(255)]
  expect([...ditheredDots(rgba(greys), 8, 2)]).toEqual([0b1000_0001, 0])
})

test('a grey is as many dots as it is dark', () => {
  const size = 64
  const dots = ditheredDots(rgba(Array<number>(size * size).fill(191)), size, size)
  const black = [...dots].reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
  expect(black / (size * size)).toBeCloseTo(0.25, 1)
})
