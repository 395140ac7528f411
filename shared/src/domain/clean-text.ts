/**
 * Text as typed or scanned, without what a journal or a printer cannot take: control characters and half characters.
 * Empty when nothing is left of it. @param most letters
 */
export function cleanText(typed: string, most: number): string {
  const clean = typed
    .toWellFormed()
    .replaceAll(/[\p{Cc}\ufffd]/gu, '')
    .trim()
  return clean.slice(0, most).toWellFormed().replace('\ufffd', '').trimEnd()
}
