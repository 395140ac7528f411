/** A file on its way to a person. */
export interface FileToSave {
  readonly name: string
  readonly blob: Blob
}

export type ShareOutcome =
  | 'shared'
  | 'cancelled'
  /** The browser wants a fresh tap for it: making the file took longer than a tap lasts. */
  | 'needs-tap'
  | 'failed'

// Browsers share text files, and none of the types made for lines of JSON.
const asText = ({ name, blob }: FileToSave): File =>
  new File([blob], name.replace(/\.jsonl$/, '.txt'), { type: 'text/plain' })

/** Phones and tablets hand files on by their share sheet; what they download is hard to find again. */
export function sharesFiles(): boolean {
  const probe = { files: [asText({ name: 'probe.jsonl', blob: new Blob(['{}']) })] }
  return matchMedia('(pointer: coarse)').matches && (navigator.canShare?.(probe) ?? false)
}

export async function shareFile(file: FileToSave): Promise<ShareOutcome> {
  try {
    await navigator.share({ files: [asText(file)], title: file.name })
    return 'shared'
  } catch (error) {
    const name = error instanceof DOMException ? error.name : ''
    return name === 'AbortError' ? 'cancelled' : name === 'NotAllowedError' ? 'needs-tap' : 'failed'
  }
}

/** Into the browser's downloads. The browser does not tell what becomes of it. */
export function downloadFile({ name, blob }: FileToSave): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 600_000)
}
