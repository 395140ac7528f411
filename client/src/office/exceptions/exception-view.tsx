import { RESOLVED_BY_ITSELF } from '@evertill/shared/protocol/exception'
import type { ExceptionRow } from '@evertill/shared/protocol/office/exceptions'
import { Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { TextLink } from '../parts/links.tsx'
import { When } from '../parts/when.tsx'
import { useMay } from '../session/use-session.ts'
import { ENTRY_KIND_WORDS } from '../words/entry-words.ts'
import classes from './exception.module.css'
import { factsOf } from './exception-facts.ts'
import { exceptionWords } from './exception-words.ts'
import { FactList } from './fact-list.tsx'
import { HeldEntries } from './held-entries.tsx'
import { ResolveForm } from './resolve-form.tsx'
import { SendAgain } from './send-again.tsx'
import { StateChip } from './state-chip.tsx'

/** All of one exception: what it means, what is known, and how it was or is to be settled. */
export function ExceptionView({ row, onResolved }: { row: ExceptionRow; onResolved: () => void }) {
  const { meaning, advice } = exceptionWords(row)
  const mayResolve = useMay('exception.resolve')
  const facts = factsOf(row)
  const holds = row.held > 0
  return (
    <Stack gap="lg" className={classes.view}>
      <div>
        <StateChip state={row.state} />
      </div>
      <p>{meaning}</p>
      {row.state === 'open' && <p className={classes.advice}>{advice}</p>}
      {holds && <HeldEntries row={row} onSettled={onResolved} />}
      <FactList
        // Each entry that is held says itself what is wrong in it.
        facts={holds ? facts.filter(({ label }) => label !== 'Wrong in it') : facts}
        outletName={row.outletName}
        more={[
          ...(row.outletName === null ? [] : [{ label: 'Where', shown: <Where row={row} /> }]),
          { label: 'Raised', shown: <When at={row.raisedAt} outletName={row.outletName} /> },
          ...(row.entryId === null ? [] : [{ label: 'Entry', shown: <EntryLink row={row} /> }]),
        ]}
      />
      {row.state === 'resolved' && row.resolvedAt !== null && (
        <blockquote className={classes.note}>
          {row.note}
          <footer>
            {byWhom(row.resolvedBy)}, <When at={row.resolvedAt} outletName={row.outletName} />
          </footer>
        </blockquote>
      )}
      {row.state === 'open' && row.type === 'email-not-sent' && mayResolve && (
        <SendAgain row={row} onDone={onResolved} />
      )}
      {row.state === 'open' && !holds && mayResolve && <ResolveForm row={row} onResolved={onResolved} />}
    </Stack>
  )
}

const byWhom = (resolvedBy: string | null): string =>
  resolvedBy === null || resolvedBy === RESOLVED_BY_ITSELF ? 'By itself' : resolvedBy

/** The till leads to its journal, where what happened around it can be seen. */
function Where({ row }: { row: ExceptionRow }) {
  const till: ReactNode =
    row.tillId === null ? (
      row.tillName
    ) : (
      <TextLink to="/tills/$tillId/journal" params={{ tillId: row.tillId }} inherit underline="always">
        {row.tillName}
      </TextLink>
    )
  return (
    <>
      {row.outletName}
      {row.tillName !== null && <> · {till}</>}
    </>
  )
}

/** A sale has a page of its own; what could not be read has not. */
function EntryLink({ row }: { row: ExceptionRow }) {
  if (row.entryId === null) return null
  const kind = row.entryKind === null ? 'Entry' : ENTRY_KIND_WORDS[row.entryKind]
  if (row.receiptNo === null) {
    return row.entryKind === null ? <span className={classes.code}>{row.entryId}</span> : kind
  }
  return (
    <TextLink to="/sales/$saleId" params={{ saleId: row.entryId }} inherit>
      {kind} {row.receiptNo}
    </TextLink>
  )
}
