import type { RescueReport } from '@evertill/shared/protocol/rescue'
import { Alert, Button, Checkbox, Group, Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconShieldCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Money } from '../../app/money.tsx'
import { useOffice } from '../office-context.tsx'
import { BackLink } from '../parts/back-link.tsx'
import { Fact, Facts } from '../parts/facts.tsx'
import { ButtonLink } from '../parts/links.tsx'
import { Page } from '../parts/page.tsx'
import { ProblemNote } from '../parts/problem-note.tsx'
import { When } from '../parts/when.tsx'
import { FileDrop } from '../products/file-drop.tsx'
import importClasses from '../products/import.module.css'
import { countOf } from '../words/count-words.ts'
import { importedWords, signatureWords } from './rescue-words.ts'

/** Takes what a till could not send: choose its file, see what is in it, import it. Twice changes nothing. */
export function RescuePage() {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const [file, setFile] = useState<File>()
  const [addTill, setAddTill] = useState(false)
  const look = useMutation({ mutationFn: (chosen: File) => api.rescue(chosen, { commit: false }) })
  const commit = useMutation({
    mutationFn: (chosen: File) => api.rescue(chosen, { commit: true, addTill }),
    // Sales, stock, days, tills, exceptions: all of them may show what came in.
    onSuccess: () => queryClient.invalidateQueries(),
  })
  const choose = (chosen: File) => {
    setFile(chosen)
    setAddTill(false)
    commit.reset()
    look.mutate(chosen)
  }
  const startOver = () => {
    setFile(undefined)
    look.reset()
    commit.reset()
  }
  return (
    <Page title="Import a rescue file" above={<BackLink to="/tills">Tills</BackLink>}>
      {file === undefined && (
        <FileDrop
          onFile={choose}
          title="Drop a rescue file here, or choose one"
          label="Rescue file"
          accept=".jsonl,.txt,text/plain,application/x-ndjson"
        >
          A till saves it on its health page when it cannot send its sales. Nothing is changed before you have
          seen what is in it, and importing it twice counts once.
        </FileDrop>
      )}
      {file !== undefined && commit.data === undefined && (
        <section className={importClasses.card} aria-label="The file">
          <h2 className={importClasses.fileName}>{file.name}</h2>
          {look.isPending && <Skeleton height={240} />}
          <ProblemNote error={look.error ?? commit.error} />
          {look.data !== undefined && <Found report={look.data} />}
          {look.data?.till.state === 'unknown' && (
            <Checkbox
              label={`Add ${look.data.till.name} (${look.data.till.outletName}) to the tills`}
              description="Then its entries can be replayed under Exceptions, and if the till is still there it sends the rest by itself."
              checked={addTill}
              onChange={(event) => setAddTill(event.currentTarget.checked)}
            />
          )}
          <Group>
            {look.data !== undefined && (
              <Button
                loading={commit.isPending}
                disabled={look.data.entries === 0}
                onClick={() => commit.mutate(file)}
              >
                {signatureWords(look.data).good
                  ? `Import ${countOf(look.data.entries, 'entry', 'entries')}`
                  : `Keep ${countOf(look.data.entries, 'entry', 'entries')} for review`}
              </Button>
            )}
            <Button variant="default" onClick={startOver}>
              Choose another file
            </Button>
          </Group>
        </section>
      )}
      {commit.data !== undefined && <Done report={commit.data} onMore={startOver} />}
    </Page>
  )
}

function Found({ report }: { report: RescueReport }) {
  const { good, title, text } = signatureWords(report)
  const { till, entries, promised, known, newSales, newTotal, firstAt, lastAt, exportedAt } = report
  return (
    <>
      <Alert
        color={good ? 'pandan' : 'kaya'}
        icon={good ? <IconShieldCheck aria-hidden /> : <IconAlertTriangle aria-hidden />}
        title={title}
      >
        {text}
      </Alert>
      <Facts labels={160}>
        <Fact label="Till">
          {till.name}, {till.outletName}
          {till.state === 'revoked' && ' (revoked)'}
        </Fact>
        <Fact label="Entries">
          {countOf(entries, 'entry', 'entries')}
          {entries !== promised && `; the till wrote ${promised}`}
        </Fact>
        {firstAt !== null && lastAt !== null && (
          <Fact label="From, to">
            <When at={firstAt} outletName={till.outletName} /> –{' '}
            <When at={lastAt} outletName={till.outletName} />
          </Fact>
        )}
        <Fact label="Here already">{known === 0 ? 'None of them' : countOf(known, 'entry', 'entries')}</Fact>
        <Fact label="New sales">
          {countOf(newSales, 'sale')}, <Money amount={newTotal} />
        </Fact>
        <Fact label="Saved on the till">
          <When at={exportedAt} outletName={till.outletName} />
        </Fact>
      </Facts>
    </>
  )
}

function Done({ report, onMore }: { report: RescueReport; onMore: () => void }) {
  const review = report.quarantined > 0
  return (
    <section className={importClasses.card} aria-label="Result">
      <p className={importClasses.done} role="status">
        <IconCheck size={20} aria-hidden /> {importedWords(report)}
      </p>
      <p className={importClasses.quiet}>
        {review
          ? 'What is kept for review stands under Exceptions with its text. Keep the file.'
          : 'Should the till send these entries itself later, they count once.'}
      </p>
      <Group>
        {review ? (
          <ButtonLink to="/exceptions">See exceptions</ButtonLink>
        ) : (
          <ButtonLink to="/sales">See sales</ButtonLink>
        )}
        <Button variant="default" onClick={onMore}>
          Import another file
        </Button>
      </Group>
    </section>
  )
}
