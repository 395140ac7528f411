/*
 * The other way round, for the virtual printer: what the bytes of a job look like on paper. It knows the commands
 * that `encodePrint` makes an ESC/POS printer carry out, and says so where it does not know one.
 */

export type PaperPart =
  | {
      readonly kind: 'line'
      readonly text: string
      readonly align: 'left' | 'center' | 'right'
      readonly strong: boolean
      readonly tall: boolean
    }
  /** One bit a dot, rows of `width / 8` bytes, 1 is black. */
  | { readonly kind: 'picture'; readonly width: number; readonly height: number; readonly dots: Uint8Array }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'cut' }
  | { readonly kind: 'kick' }
  | { readonly kind: 'unknown'; readonly bytes: string }

const ESC = 0x1b
const FS = 0x1c
const GS = 0x1d
const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20

const ALIGN = ['left', 'center', 'right'] as const
/** Commands that change nothing to be seen here, by how many bytes follow them. */
const SILENT: Readonly<Record<string, number>> = {
  'ESC M': 1,
  'ESC t': 1,
  'ESC 3': 1,
  'ESC -': 1,
  'FS .': 0,
  'GS B': 1,
}

export function readEscPos(bytes: Uint8Array): PaperPart[] {
  const parts: PaperPart[] = []
  let text = ''
  let align: (typeof ALIGN)[number] = 'left'
  let strong = false
  let tall = false
  /** How the line's letters look: where it ends, the styles are those of the next. */
  let look = { strong, tall }
  let code = ''
  let at = 0
  const next = () => bytes[at++] ?? 0
  const word = () => next() + 256 * next()
  const endLine = () => {
    parts.push({ kind: 'line', text, align, ...look })
    text = ''
    look = { strong: false, tall: false }
  }

  const command = (lead: 'ESC' | 'FS' | 'GS') => {
    const from = at - 1
    const name = `${lead} ${String.fromCharCode(next())}`
    switch (name) {
      case 'ESC @':
        align = 'left'
        strong = false
        tall = false
        return
      case 'ESC 2':
        return
      case 'ESC a':
        align = ALIGN[next() % 3] ?? 'left'
        return
      case 'ESC E':
        strong = next() % 2 === 1
        return
      case 'ESC d':
        for (let lines = next(); lines > 0; lines--) endLine()
        return
      case 'ESC p':
        at += 3
        parts.push({ kind: 'kick' })
        return
      case 'GS !':
        tall = (next() & 0x0f) > 0
        return
      case 'GS V':
        if (next() >= 0x41) at += 1
        parts.push({ kind: 'cut' })
        return
      case 'GS v': {
        at += 2
        const rowBytes = word()
        const height = word()
        const dots = bytes.slice(at, at + rowBytes * height)
        at += rowBytes * height
        parts.push({ kind: 'picture', width: rowBytes * 8, height, dots })
        return
      }
      case 'GS (': {
        const family = next()
        const length = word()
        const content = bytes.slice(at, at + length)
        at += length
        // 'k': a QR code is stored by function 80 and printed by function 81.
        if (family !== 0x6b) return
        if (content[1] === 80) code = String.fromCharCode(...content.slice(3))
        if (content[1] === 81) parts.push({ kind: 'code', text: code })
        return
      }
      default: {
        const silent = SILENT[name]
        if (silent !== undefined) {
          at += silent
          return
        }
        const shown = Array.from(bytes.slice(from, at), (byte) => byte.toString(16).padStart(2, '0'))
        parts.push({ kind: 'unknown', bytes: shown.join(' ') })
      }
    }
  }

  while (at < bytes.length) {
    const byte = next()
    if (byte === ESC) command('ESC')
    else if (byte === GS) command('GS')
    else if (byte === FS) command('FS')
    else if (byte === LF) endLine()
    else if (byte !== CR) {
      text += String.fromCharCode(byte)
      // The spaces that put a line in the middle have no look.
      if (byte !== SPACE) look = { strong: look.strong || strong, tall: look.tall || tall }
    }
  }
  if (text !== '') endLine()
  return parts
}
