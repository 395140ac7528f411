import type { PrintRow } from './print-row.ts'

/*
 * A receipt as HTML for mail: mail programs know tables and styles on the element, and little else. No picture, no
 * address to open and nothing fetched, so that reading it tells nobody.
 */

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif"

/** @param language as the `lang` of a document. @param note stands below the receipt */
export function htmlReceipt(
  rows: readonly PrintRow[],
  { title, language, note }: { readonly title: string; readonly language: string; readonly note: string },
): string {
  return `<!doctype html>
<html lang="${escaped(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title></head>
<body style="margin:0;padding:24px 12px;background:#fafaf8;color:#1c1b19;${FONT};font-size:15px;line-height:1.45">
<table role="presentation" align="center" cellpadding="0" cellspacing="0" style="width:100%;max-width:400px;margin:0 auto;background:#ffffff;border:1px solid #e7e5e0;border-radius:10px;padding:20px">
${rows.map(htmlRow).join('\n')}
</table>
<p style="max-width:400px;margin:16px auto 0;color:#6b6860;font-size:13px">${escaped(note)}</p>
</body></html>`
}

function htmlRow(row: PrintRow): string {
  switch (row.kind) {
    case 'text':
      return `<tr><td colspan="2" style="${style(row)}">${escaped(row.text)}</td></tr>`
    case 'pair':
      return `<tr><td style="${style(row)};vertical-align:top">${escaped(row.label)}</td><td style="${style(row)};vertical-align:bottom;text-align:right;padding-left:12px">${escaped(row.value)}</td></tr>`
    case 'rule':
      return '<tr><td colspan="2" style="padding:8px 0"><div style="border-top:1px dashed #e7e5e0"></div></td></tr>'
    case 'code':
    case 'picture':
      // Its words are among the rows; a picture would be held back by the mail program, or be an attachment.
      return ''
  }
}

const style = ({
  strong = false,
  ...row
}: Exclude<PrintRow, { kind: 'rule' | 'code' | 'picture' }>): string =>
  [
    'padding:1px 0',
    ...(strong ? ['font-weight:600'] : []),
    ...('centred' in row && row.centred ? ['text-align:center'] : []),
  ].join(';')

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char)
