import type { ImportReport } from '@evertill/shared/protocol/office/product-import'
import { Button, Group, NativeSelect, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { fieldErrors } from '../api/office-error.ts'
import { outletsQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { countOf } from '../words/count-words.ts'
import { asSentences } from '../words/form-errors.ts'
import classes from './import.module.css'
import { ImportPreview } from './import-preview.tsx'
import { ImportProblems } from './import-problems.tsx'
import { countsWords, readingWords, toImport } from './import-words.ts'

export interface ChosenFile {
  readonly name: string
  readonly csv: string
  readonly format: string
  /** Where opening stock in the file goes. */
  readonly outletId: string | undefined
}

interface Asked {
  readonly data: ImportReport | undefined
  readonly error: Error | null
  readonly isPending: boolean
}

interface FoundInFileProps {
  readonly file: ChosenFile
  readonly look: Asked
  readonly commit: Asked
  readonly onChange: (file: ChosenFile) => void
  readonly onImport: () => void
  readonly onOther: () => void
}

/** What a file holds and how it is read, before anything is changed. */
export function FoundInFile({ file, look, commit, onChange, onImport, onOther }: FoundInFileProps) {
  const report = look.data
  const lacks = fieldErrors(look.error).format
  const count = report === undefined ? 0 : toImport(report)
  return (
    <section className={classes.card} aria-label="The file">
      <Group align="flex-end" className={classes.fileHead}>
        <div>
          <h2 className={classes.fileName}>{file.name}</h2>
          <p className={classes.quiet} role="status">
            {readingWords(report, look.error !== null)}
          </p>
        </div>
        <OpeningStockOutlet file={file} look={look} commit={commit} onChange={onChange} />
        <NativeSelect
          label="Read it as"
          value={file.format}
          onChange={(event) => onChange({ ...file, format: event.currentTarget.value })}
          data={[
            { value: 'auto', label: 'By its header' },
            { value: 'evertill', label: 'Our own columns' },
            { value: 'shopify', label: 'Shopify' },
            { value: 'woocommerce', label: 'WooCommerce' },
          ]}
        />
      </Group>
      {report !== undefined && <p className={classes.counts}>{countsWords(report)}.</p>}
      <ProblemNote error={look.error ?? commit.error}>{lacks !== undefined && `It ${lacks}.`}</ProblemNote>
      {look.isPending && <Skeleton height={240} />}
      <Group>
        {report !== undefined && (
          <Button onClick={onImport} loading={commit.isPending} disabled={count === 0}>
            Import {countOf(count, 'product')}
          </Button>
        )}
        <Button variant="default" onClick={onOther}>
          Choose another file
        </Button>
      </Group>
      {report !== undefined && (
        <>
          <ImportProblems problems={report.problems} />
          <ImportPreview report={report} />
        </>
      )}
    </section>
  )
}

type OpeningStockOutletProps = Pick<FoundInFileProps, 'file' | 'look' | 'commit' | 'onChange'>

/** Asked only of a file that has opening stock, by a company with more than one place for it. */
function OpeningStockOutlet({ file, look, commit, onChange }: OpeningStockOutletProps) {
  const { api } = useOffice()
  const { data: outlets = [] } = useQuery(outletsQuery(api))
  const wrong = asSentences(fieldErrors(commit.error)).outletId
  const hasStock = look.data?.preview.some((row) => row.openingStock !== null) ?? false
  if (outlets.length < 2 || !(hasStock || wrong || file.outletId)) return null
  return (
    <NativeSelect
      label="Opening stock goes to"
      value={file.outletId ?? ''}
      error={wrong}
      onChange={(event) => onChange({ ...file, outletId: event.currentTarget.value || undefined })}
      data={[
        { value: '', label: 'Choose the outlet' },
        ...outlets.map(({ outletId, name }) => ({ value: outletId, label: name })),
      ]}
    />
  )
}
