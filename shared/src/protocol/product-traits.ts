import { z } from 'zod'
import { zText, zTypedText } from './scalars.ts'

/*
 * What a till does with a product besides ringing it up at its price. What is absent is not so.
 */

/** The most that tell one variant from another: size, colour, and one more. */
export const MAX_OPTIONS = 3
/** A small picture fits: 96 × 96 pixels as WebP are some 3 kB. */
export const MAX_PICTURE = 20_000

/** An address, or a small picture itself. SVG can carry a program. */
export const PICTURE =
  /^(https:\/\/[^\s"'<>]+|data:image\/(png|jpeg|webp|gif|avif);base64,[A-Za-z0-9+/]+={0,2})$/

const traits = (text: typeof zText) => ({
  /** The till asks for the price. */
  openPrice: z.exactOptional(z.literal(true)),
  /** The shop wants it at hand on every till. */
  favourite: z.exactOptional(z.literal(true)),
  picture: z.exactOptional(
    z
      .string()
      .max(MAX_PICTURE)
      .regex(PICTURE, 'must begin with https://, or be a small picture as data:image/'),
  ),
  /** The name its variants share. */
  variantOf: z.exactOptional(text(200).min(1)),
  /** What tells it from the others of that name, such as its size. */
  options: z.exactOptional(
    z
      .array(z.object({ name: text(40).min(1), value: text(80).min(1) }))
      .min(1)
      .max(MAX_OPTIONS),
  ),
})

export const productTraits = traits(zText)
/** As people type them. */
export const typedProductTraits = traits(zTypedText)

export const zProductTraits = z.object(productTraits)
export type ProductTraits = z.infer<typeof zProductTraits>
export type ProductOption = NonNullable<ProductTraits['options']>[number]
