import { type Ppm, ppm } from '@evertill/shared/domain/money'

/** 125,000 is `12.5`. */
export const percentText = (ratePpm: number): string => {
  const decimals = String(ratePpm % 10_000)
    .padStart(4, '0')
    .replace(/0+$/, '')
  return `${Math.floor(ratePpm / 10_000)}${decimals === '' ? '' : `.${decimals}`}`
}

/** What a person typed as a percentage from 0 to 100; undefined when it is none. */
export function parsePercentText(typed: string): Ppm | undefined {
  const text = typed.normalize('NFKC').replace('%', '').trim()
  if (!/^\d{1,3}([.,]\d{1,4})?$/.test(text) || Number(text.replace(',', '.')) > 100) return undefined
  const [whole = '', decimals = ''] = text.split(/[.,]/)
  return ppm(Number(whole) * 10_000 + Number(decimals.padEnd(4, '0')))
}
