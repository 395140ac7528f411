import type { PrintRow } from '@evertill/shared/receipt/print-row'

/** What a line printer gets: text that fits its columns, or a row that has to be drawn. */
export type PrintLine =
  | {
      readonly kind: 'line'
      /** Printable ASCII, as wide as the paper at most. */
      readonly text: string
      readonly centred: boolean
      readonly strong: boolean
      /** Twice as high as other lines. */
      readonly tall: boolean
    }
  | { readonly kind: 'drawn'; readonly row: Extract<PrintRow, { kind: 'text' | 'pair' }> }
  | Extract<PrintRow, { kind: 'code' | 'picture' }>

/** Below this a label would stand a word a line beside its value. */
const NARROWEST_LABEL = 10

/** Lays rows out for a printer with so many columns of type. */
export function layOut(rows: readonly PrintRow[], columns: number): PrintLine[] {
  return rows.flatMap((row) => linesOf(row, columns))
}

function linesOf(row: PrintRow, columns: number): PrintLine[] {
  switch (row.kind) {
    case 'code':
    case 'picture':
      return [row]
    case 'rule':
      return [line('-'.repeat(columns))]
    case 'text': {
      const text = plainText(row.text)
      if (text === undefined) return [{ kind: 'drawn', row }]
      return wrap(text, columns).map((part) => line(part, row))
    }
    case 'pair': {
      const label = plainText(row.label)
      const value = plainText(row.value)
      if (label === undefined || value === undefined) return [{ kind: 'drawn', row }]
      const tall = row.strong === true
      return pairLines(label, value, columns).map((part) => line(part, { ...row, tall }))
    }
  }
}

interface Look {
  readonly centred?: boolean
  readonly strong?: boolean
  readonly tall?: boolean
}

const line = (text: string, { centred = false, strong = false, tall = false }: Look = {}): PrintLine => ({
  kind: 'line',
  text,
  centred,
  strong,
  tall,
})

const SPELLED: Readonly<Record<string, string>> = {
  '−': '-',
  '–': '-',
  '—': '-',
  '×': 'x',
  '·': '-',
  '•': '*',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '…': '...',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
}

/** The same in ASCII, which every printer has at the same place; nothing where a letter would be lost. */
export function plainText(text: string): string | undefined {
  const spelled = text.replace(/[^\x20-\x7e]/gu, (char) => SPELLED[char] ?? char)
  return /^[\x20-\x7e]*$/.test(spelled) ? spelled : undefined
}

/** Breaks between words, and inside those that are wider than there is room. */
export function wrapToWidth(text: string, room: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = []
  let open = ''
  for (const word of text.split(' ').filter((part) => part !== '')) {
    let rest = word
    while (rest !== '') {
      const joined = open === '' ? rest : `${open} ${rest}`
      if (widthOf(joined) <= room) {
        open = joined
        rest = ''
      } else if (open !== '') {
        lines.push(open)
        open = ''
      } else {
        let fits = rest.length
        while (fits > 1 && widthOf(rest.slice(0, fits)) > room) fits -= 1
        lines.push(rest.slice(0, fits))
        rest = rest.slice(fits)
      }
    }
  }
  if (open !== '' || lines.length === 0) lines.push(open)
  return lines
}

const wrap = (text: string, columns: number) => wrapToWidth(text, columns, ({ length }) => length)

/** The label at the left, the value at the right of its last line; below it where there is too little room. */
function pairLines(label: string, value: string, columns: number): string[] {
  const room = columns - value.length - 1
  if (room < Math.min(NARROWEST_LABEL, label.length))
    return [...wrap(label, columns), ...wrap(value, columns).map((part) => part.padStart(columns))]
  const lines = wrap(label, room)
  const last = lines.pop() ?? ''
  return [...lines, last.padEnd(columns - value.length) + value]
}
