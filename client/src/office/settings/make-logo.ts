import {
  LOGO_STEP,
  type Logo,
  MOST_LOGO_DOTS,
  MOST_LOGO_HEIGHT,
  MOST_PICTURE_BYTES,
  PNG_DATA_URL,
} from '@evertill/shared/protocol/logo'

/** A photo of a phone; more is no logo. */
export const MOST_FILE_BYTES = 5_000_000
/** Decoded, a small file may fill the memory. */
const MOST_PIXELS = 40_000_000

export type MadeLogo =
  | { readonly ok: true; readonly logo: Logo }
  | { readonly ok: false; readonly words: string }

const KINDS = new Set(['image/png', 'image/jpeg'])

/** Both forms of a logo out of a file that a person chose: as large as fits, and smaller until its colours fit too. */
export async function makeLogo(file: Blob): Promise<MadeLogo> {
  if (!KINDS.has(file.type)) return { ok: false, words: 'Choose a PNG or JPEG file.' }
  if (file.size > MOST_FILE_BYTES)
    return {
      ok: false,
      words: 'This file is larger than 5 MB. Make the picture smaller, then choose it again.',
    }
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (picture === undefined || picture.width * picture.height > MOST_PIXELS)
    return { ok: false, words: 'This picture cannot be read. Save it as PNG, then choose it again.' }
  try {
    for (let most = MOST_LOGO_DOTS; most >= 96; most = Math.floor(most * 0.75)) {
      const logo = drawnLogo(picture, fittedSize(picture, most))
      if (logo.picture.length <= PNG_DATA_URL.length + Math.ceil(MOST_PICTURE_BYTES / 3) * 4)
        return { ok: true, logo }
    }
  } finally {
    picture.close()
  }
  return { ok: false, words: 'This picture has too many colours for a receipt. Choose a simpler one.' }
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** In proportion, never larger than it is, and in whole bands of eight; the picture stands in the middle of it. */
export function fittedSize({ width, height }: Size, most: number) {
  const share = Math.min(1, most / width, (MOST_LOGO_HEIGHT * (most / MOST_LOGO_DOTS)) / height)
  const drawn = {
    width: Math.max(1, Math.round(width * share)),
    height: Math.max(1, Math.round(height * share)),
  }
  const whole = (length: number) => Math.ceil(length / LOGO_STEP) * LOGO_STEP
  return { drawn, width: whole(drawn.width), height: whole(drawn.height) }
}

function drawnLogo(picture: ImageBitmap, { drawn, width, height }: ReturnType<typeof fittedSize>): Logo {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('this browser gave no canvas to draw on')
  // Paper is white, so is what shines through.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  const [left, top] = [Math.floor((width - drawn.width) / 2), Math.floor((height - drawn.height) / 2)]
  context.drawImage(picture, left, top, drawn.width, drawn.height)
  const { data } = context.getImageData(0, 0, width, height)
  return {
    width,
    height,
    dots: toBase64(ditheredDots(data, width, height)),
    picture: canvas.toDataURL('image/png'),
  }
}

/**
 * RGBA as black dots on white, rows of `width / 8` bytes: Floyd and Steinberg's, which keeps greys apart and leaves
 * plain black and white as they are.
 */
export function ditheredDots(rgba: Uint8ClampedArray, width: number, height: number): Uint8Array {
  const grey = new Float32Array(width * height)
  for (let i = 0; i < grey.length; i++)
    grey[i] = 0.299 * (rgba[4 * i] ?? 0) + 0.587 * (rgba[4 * i + 1] ?? 0) + 0.114 * (rgba[4 * i + 2] ?? 0)
  const dots = new Uint8Array((width / 8) * height)
  const spread = (x: number, y: number, error: number) => {
    if (x < 0 || x >= width || y >= height) return
    const i = y * width + x
    grey[i] = (grey[i] ?? 0) + error
  }
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const value = grey[y * width + x] ?? 255
      const black = value < 128
      const error = value - (black ? 0 : 255)
      if (black) {
        const at = (y * width + x) >> 3
        dots[at] = (dots[at] ?? 0) | (0x80 >> (x & 7))
      }
      spread(x + 1, y, (error * 7) / 16)
      spread(x - 1, y + 1, (error * 3) / 16)
      spread(x, y + 1, (error * 5) / 16)
      spread(x + 1, y + 1, error / 16)
    }
  return dots
}

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
