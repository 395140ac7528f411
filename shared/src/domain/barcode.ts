/** The GS1 check digit of the digits before it: weights 3 and 1 from the right. Source: GS1 General Specifications 7.9. */
export function gs1CheckDigit(digits: string): number {
  let sum = 0
  for (let i = 0; i < digits.length; i++) sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1)
  return (10 - (sum % 10)) % 10
}

/** Whether `code` is an EAN-8, UPC-A, EAN-13 or GTIN-14 with a right check digit. */
export function isGtin(code: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(code)) return false
  return gs1CheckDigit(code.slice(0, -1)) === Number(code.at(-1))
}
