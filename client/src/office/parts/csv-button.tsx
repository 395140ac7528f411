import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type CsvCell, csvText } from '../words/csv.ts'
import { download } from './download.ts'
import { sayFailed } from './notes.ts'

interface Page<Row> {
  readonly rows: readonly Row[]
  readonly nextCursor: string | null
}

interface CsvButtonProps<Row> {
  /** Without the ending. */
  readonly fileName: string
  readonly header: readonly string[]
  readonly cells: (row: Row) => readonly CsvCell[]
  /** The list as it is filtered now, page by page: the file has all of it, not only what was scrolled to. */
  readonly page: (cursor: string | undefined) => Promise<Page<Row>>
}

export function CsvButton<Row>({ fileName, header, cells, page }: CsvButtonProps<Row>) {
  const write = useMutation({
    mutationFn: async () => {
      const rows: (readonly CsvCell[])[] = []
      let cursor: string | null | undefined
      do {
        const { rows: more, nextCursor } = await page(cursor ?? undefined)
        rows.push(...more.map(cells))
        cursor = nextCursor
      } while (cursor !== null)
      download(`${fileName}.csv`, csvText(header, rows))
    },
    onError: sayFailed,
  })
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
      loading={write.isPending}
      onClick={() => write.mutate()}
    >
      CSV
    </Button>
  )
}
