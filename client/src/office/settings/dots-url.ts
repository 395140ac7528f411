import type { Logo } from '@evertill/shared/protocol/logo'

/** What a printer makes of a logo, as a picture for the screen. */
export function dotsUrl({ width, height, dots }: Logo): string {
  const bytes = Uint8Array.from(atob(dots), (char) => char.charCodeAt(0))
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (context === null) return ''
  const image = context.createImageData(width, height)
  for (let i = 0; i < width * height; i++) {
    const black = ((bytes[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0
    image.data.set(black ? [0, 0, 0, 255] : [255, 255, 255, 255], 4 * i)
  }
  context.putImageData(image, 0, 0)
  return canvas.toDataURL('image/png')
}
