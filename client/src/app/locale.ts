/** Locale for numbers, money and dates: the language with the region the shop is in. */
export const LOCALE = 'en-SG'
