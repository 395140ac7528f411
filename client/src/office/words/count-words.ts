const figures = new Intl.NumberFormat('en-SG')

/** A whole number with its thousands grouped and a true minus sign. */
export const number = (value: number): string => figures.format(value).replace('-', '−')

/** `1 product`, `312 products`. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`

/** Thousandths as people write them: 2000 is `2`, 1250 is `1.25`, −500 is `−0.5`. */
export function quantityText(thousandths: number): string {
  const whole = Math.trunc(Math.abs(thousandths) / 1000)
  const part = String(Math.abs(thousandths) % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '')
  return `${thousandths < 0 ? '−' : ''}${number(whole)}${part && `.${part}`}`
}

/** Parts per million as a percentage: 90000 is `9 %`. */
export function percentText(ratePpm: number): string {
  const part = String(ratePpm % 10_000)
    .padStart(4, '0')
    .replace(/0+$/, '')
  return `${Math.trunc(ratePpm / 10_000)}${part && `.${part}`} %`
}
