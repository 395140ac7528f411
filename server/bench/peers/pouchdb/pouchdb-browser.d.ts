/** What page.ts uses of it; the package brings no types. */
declare module 'pouchdb-browser' {
  interface Replication {
    on(event: 'active' | 'paused', listener: (error: unknown) => void): Replication
  }
  // biome-ignore lint/style/noDefaultExport: it is what the package exports
  export default class PouchDB {
    constructor(name: string)
    readonly replicate: { to(url: string, options: { live: boolean; retry: boolean }): Replication }
    put(document: { _id: string; body: unknown }): Promise<unknown>
  }
}
