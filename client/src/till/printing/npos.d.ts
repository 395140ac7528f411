// What the tests use of npos, a decoder of ESC/POS that knows nothing of what wrote the bytes.
declare module 'npos' {
  export const symbols: { readonly GS: number }
  export const rules: Record<number, Record<string, unknown>>
  export function parser(rules: typeof rules): {
    parse(bytes: Buffer): Promise<{
      readonly tree: readonly {
        readonly ascii: string
        readonly fn?: string
        readonly offset: number
        readonly length: number
      }[]
      readonly entries: readonly { readonly type: string; readonly data: unknown }[]
    }>
  }
}
