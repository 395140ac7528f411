import type { SpareFolder } from './spare-copy.ts'

/** A folder of this origin's own files (OPFS); none where the browser has no such thing. */
export async function openFiles(name: string): Promise<SpareFolder | undefined> {
  if (navigator.storage?.getDirectory === undefined) return undefined
  // Safari before 26 writes to such files in workers only.
  if (!('createWritable' in FileSystemFileHandle.prototype)) return undefined
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle(name, { create: true })
  return {
    async names() {
      const found: string[] = []
      // A crash before a file was written leaves its name.
      for await (const [file, handle] of folder.entries())
        if (handle instanceof FileSystemFileHandle && (await handle.getFile()).size > 0) found.push(file)
      return found
    },
    read: async (file) => (await (await folder.getFileHandle(file)).getFile()).text(),
    async write(file, text) {
      const writable = await (await folder.getFileHandle(file, { create: true })).createWritable()
      await writable.write(text)
      await writable.close()
    },
    remove: (file) =>
      folder.removeEntry(file).catch((error: unknown) => {
        if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error
      }),
  }
}
