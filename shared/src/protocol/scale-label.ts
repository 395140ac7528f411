import { z } from 'zod'
import { MAX_SCALE_LABELS, valueDigitsOf } from '../domain/scale-label.ts'

const zScaleLabel = z
  .object({
    prefix: z.string().regex(/^(02|2[0-9])$/, 'must be 02, or 20 to 29'),
    carries: z.enum(['weight', 'price', 'count']),
    itemDigits: z.int().min(4).max(7),
    decimals: z.int().min(0).max(3),
    verified: z.boolean(),
  })
  .refine((layout) => !layout.verified || [4, 5].includes(valueDigitsOf(layout)), {
    path: ['verified'],
    error: 'only a value of four or five digits can have a verifier',
  })

/** How the labels of the shop's scales are laid out, one layout for each prefix: see scale-label.ts in the domain. */
export const zScaleLabels = z
  .array(zScaleLabel)
  .max(MAX_SCALE_LABELS)
  .refine((layouts) => new Set(layouts.map(({ prefix }) => prefix)).size === layouts.length, {
    error: 'must name each prefix once',
  })
