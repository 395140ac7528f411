import { z } from 'zod'
import { zUuid } from './scalars.ts'

/*
 * The picture on top of receipts, twice: in colour for screens and PDF, in dots for printers. Head office's page makes
 * both of the file that was chosen; the server checks that they are what they say.
 */

/** Across a roll of 58 mm, which every printer manages. */
export const MOST_LOGO_DOTS = 384
/** 30 mm of paper. */
export const MOST_LOGO_HEIGHT = 240
/** Printers are sent whole bytes of dots, and bands of eight rows. */
export const LOGO_STEP = 8
const MOST_DOTS_BYTES = (MOST_LOGO_DOTS / 8) * MOST_LOGO_HEIGHT
export const MOST_PICTURE_BYTES = 60_000

const base64Length = (bytes: number) => Math.ceil(bytes / 3) * 4
export const PNG_DATA_URL = 'data:image/png;base64,'

export const zLogo = z.object({
  width: z.int().min(LOGO_STEP).max(MOST_LOGO_DOTS).multipleOf(LOGO_STEP),
  height: z.int().min(LOGO_STEP).max(MOST_LOGO_HEIGHT).multipleOf(LOGO_STEP),
  /** One bit a dot, 1 is black, rows of `width / 8` bytes from the top; base64. */
  dots: z.base64().max(base64Length(MOST_DOTS_BYTES)),
  /** A PNG of the same size, as data:. */
  picture: z
    .string()
    .startsWith(PNG_DATA_URL)
    .max(PNG_DATA_URL.length + base64Length(MOST_PICTURE_BYTES)),
})
export type Logo = z.infer<typeof zLogo>

/** A company has one at most; another one replaces it under the same id. */
export const zLogoRow = z.object({
  logoId: zUuid,
  ...zLogo.shape,
  deleted: z.exactOptional(z.literal(true)),
})
export type LogoRow = z.infer<typeof zLogoRow>
