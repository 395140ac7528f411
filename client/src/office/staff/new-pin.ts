const DIGITS = 6

/**
 * A PIN that nobody would guess: six digits, of which not all are the same.
 * @param randomDigit a digit 0–9, each as likely as the others
 */
export function newPin(randomDigit: () => number = cryptoDigit): string {
  for (;;) {
    const digits = Array.from({ length: DIGITS }, randomDigit)
    if (new Set(digits).size > 1) return digits.join('')
  }
}

function cryptoDigit(): number {
  // 250 is the most that ten goes into evenly.
  for (;;) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1))
    if (byte < 250) return byte % 10
  }
}
