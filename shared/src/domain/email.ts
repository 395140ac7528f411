/** RFC 5321, 4.5.3.1.3: a path has 256 octets, two of them brackets. */
export const MAX_EMAIL = 254

/** One address of plain letters, with no name beside it: nothing in it can become a list or a header of a mail. */
export const EMAIL =
  /^(?!\.)(?!.*\.\.)[A-Za-z0-9_'+.-]{0,63}[A-Za-z0-9_+-]@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/

/** Addresses that one receipt may be sent to: the customer's, and a few more for whoever books or shares it. */
export const MAX_EMAILS_PER_RECEIPT = 5

/**
 * An address as others than its owner may see it: enough to tell it from the next, too little to write to it.
 * `mei.ling@example.com` is `m…@example.com`.
 */
export const maskedEmail = (address: string): string => {
  const at = address.lastIndexOf('@')
  return at < 1 ? '…' : `${[...address][0]}…${address.slice(at)}`
}
