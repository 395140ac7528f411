import type { ImportReport } from '@evertill/shared/protocol/office'
import { Button, Group, NativeSelect, Skeleton, Stack } from '@mantine/core'
import { IconArrowLeft, IconCheck, IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { countText } from '../../app/format.ts'
import { fieldErrors } from '../api/office-error.ts'
import { outletsQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { download } from '../parts/download.ts'
import { ButtonLink, TextLink } from '../parts/links.tsx'
import { Page } from '../parts/page.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { countOf } from '../words/count-words.ts'
import { csvText } from '../words/csv.ts'
import { decodeFile } from './decode-file.ts'
import { FileDrop } from './file-drop.tsx'
import classes from './import.module.css'
import { ImportPreview } from './import-preview.tsx'
import { ImportProblems } from './import-problems.tsx'
import { countsWords, FORMAT_NAMES, resultWords, toImport } from './import-words.ts'
import { PRODUCT_FILE_HEADER } from './product-file.ts'

interface Chosen {
  readonly name: string
  readonly csv: string
  readonly format: string
  /** Where opening stock in the file goes. */
  readonly outletId: string | undefined
}

export function ImportPage() {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const { outlet } = useSearch({ from: '/desk' })
  const { data: outlets = [] } = useQuery(outletsQuery(api))
  const [chosen, setChosen] = useState<Chosen>()
  const look = useMutation({ mutationFn: (file: Chosen) => api.importProducts(file.csv, file, false) })
  const commit = useMutation({
    mutationFn: (file: Chosen) => api.importProducts(file.csv, file, true),
    onSuccess: () =>
      Promise.all(
        [['products'], ['product'], ['stock'], ['product-options']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  })
  const lookAt = (file: Chosen) => {
    setChosen(file)
    commit.reset()
    look.mutate(file)
  }
  const open = async (file: File) =>
    lookAt({
      name: file.name,
      csv: decodeFile(new Uint8Array(await file.arrayBuffer())),
      format: 'auto',
      outletId: outlet,
    })
  const startOver = () => {
    setChosen(undefined)
    look.reset()
    commit.reset()
  }

  return (
    <Page
      title="Import products"
      above={
        <TextLink to="/products" className={classes.back}>
          <IconArrowLeft size={16} aria-hidden /> Products
        </TextLink>
      }
    >
      {chosen === undefined && (
        <>
          <FileDrop onFile={(file) => void open(file)} />
          <Group>
            <Button
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              onClick={() => download('products-template.csv', TEMPLATE)}
            >
              Download a template
            </Button>
          </Group>
        </>
      )}
      {chosen !== undefined && commit.data === undefined && (
        <section className={classes.card} aria-label="The file">
          <Group justify="space-between" align="flex-end">
            <div>
              <h2 className={classes.fileName}>{chosen.name}</h2>
              <p className={classes.quiet} role="status">
                {readingWords(look)}
              </p>
            </div>
            {outlets.length > 1 && (
              <NativeSelect
                label="Opening stock goes to"
                value={chosen.outletId ?? ''}
                error={fieldErrors(commit.error).outletId}
                onChange={(event) => lookAt({ ...chosen, outletId: event.currentTarget.value || undefined })}
                data={[
                  { value: '', label: 'Choose if the file has any' },
                  ...outlets.map(({ outletId, name }) => ({ value: outletId, label: name })),
                ]}
              />
            )}
            <NativeSelect
              label="Read it as"
              value={chosen.format}
              onChange={(event) => lookAt({ ...chosen, format: event.currentTarget.value })}
              data={[
                { value: 'auto', label: 'By its header' },
                { value: 'evertill', label: 'Our own columns' },
                { value: 'shopify', label: 'Shopify' },
                { value: 'woocommerce', label: 'WooCommerce' },
              ]}
            />
          </Group>
          <ProblemNote error={look.error ?? commit.error} />
          {look.isPending && <Skeleton height={240} />}
          {look.data !== undefined && (
            <Found
              report={look.data}
              pending={commit.isPending}
              onImport={() => commit.mutate(chosen)}
              onOther={startOver}
            />
          )}
          {look.isError && (
            <Group>
              <Button variant="default" onClick={startOver}>
                Choose another file
              </Button>
            </Group>
          )}
        </section>
      )}
      {commit.data !== undefined && <Done report={commit.data} onMore={startOver} />}
    </Page>
  )
}

function readingWords(look: { data: ImportReport | undefined; isError: boolean }): string {
  if (look.data !== undefined) return `Read as ${FORMAT_NAMES[look.data.format]}`
  return look.isError ? 'Not read' : 'Reading…'
}

interface FoundProps {
  readonly report: ImportReport
  readonly pending: boolean
  readonly onImport: () => void
  readonly onOther: () => void
}

/** What the file holds, before anything is changed. */
function Found({ report, pending, onImport, onOther }: FoundProps) {
  const count = toImport(report)
  return (
    <Stack gap="lg">
      <p className={classes.counts}>{countsWords(report)}.</p>
      <Group>
        <Button onClick={onImport} loading={pending} disabled={count === 0}>
          Import {countOf(count, 'product')}
        </Button>
        <Button variant="default" onClick={onOther}>
          Choose another file
        </Button>
      </Group>
      <ImportProblems problems={report.problems} />
      <ImportPreview report={report} />
    </Stack>
  )
}

function Done({ report, onMore }: { report: ImportReport; onMore: () => void }) {
  return (
    <section className={classes.card} aria-label="Result">
      <p className={classes.done} role="status">
        <IconCheck size={20} aria-hidden /> {resultWords(report)}
      </p>
      <p className={classes.quiet}>
        {countText(report.total)} rows were read. Tills have the new catalogue within a minute of being
        online.
      </p>
      <Group>
        <ButtonLink to="/products">See products</ButtonLink>
        <Button variant="default" onClick={onMore}>
          Import another file
        </Button>
      </Group>
      <ImportProblems problems={report.problems} />
    </section>
  )
}

const TEMPLATE = csvText(
  [...PRODUCT_FILE_HEADER, 'opening stock'],
  [['MILO-1KG', 'Milo tin, 1 kg', 'Drinks', '12.40', '9.10', 'SR', '9556001000019', 'each', 24]],
)
