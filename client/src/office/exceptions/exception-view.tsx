import type { ExceptionRow } from '@evertill/shared/protocol/office'
import { Stack } from '@mantine/core'
import { TextLink } from '../parts/links.tsx'
import { When } from '../parts/when.tsx'
import { useMay } from '../session/use-session.ts'
import classes from './exception.module.css'
import { exceptionFacts } from './exception-facts.ts'
import { exceptionWords } from './exception-words.ts'
import { FactList } from './fact-list.tsx'
import { ResolveForm } from './resolve-form.tsx'
import { StateChip } from './state-chip.tsx'

/** All of one exception: what it means, what is known, and how it was or is to be settled. */
export function ExceptionView({ row, onResolved }: { row: ExceptionRow; onResolved: () => void }) {
  const { meaning, advice } = exceptionWords(row.type)
  const mayResolve = useMay('exception.resolve')
  return (
    <Stack gap="lg" className={classes.view}>
      <div>
        <StateChip state={row.state} />
      </div>
      <p>{meaning}</p>
      {row.state === 'open' && <p className={classes.advice}>{advice}</p>}
      <FactList
        facts={exceptionFacts(row.detail)}
        more={[
          ...(row.outletName === null
            ? []
            : [{ label: 'Where', shown: [row.outletName, row.tillName].filter(Boolean).join(' · ') }]),
          { label: 'Raised', shown: <When at={row.raisedAt} outletName={row.outletName} /> },
          ...(row.entryId === null ? [] : [{ label: 'Entry', shown: <EntryLink row={row} /> }]),
        ]}
      />
      {row.state === 'resolved' && row.resolvedAt !== null && (
        <blockquote className={classes.note}>
          {row.note}
          <footer>
            {row.resolvedBy ?? 'By itself'}, <When at={row.resolvedAt} outletName={row.outletName} />
          </footer>
        </blockquote>
      )}
      {row.state === 'open' && mayResolve && <ResolveForm row={row} onResolved={onResolved} />}
    </Stack>
  )
}

/** A sale has a page of its own; what could not be read has not. */
function EntryLink({ row }: { row: ExceptionRow }) {
  if (row.entryId === null) return null
  if (row.receiptNo === null) return <span className={classes.code}>{row.entryId}</span>
  return (
    <TextLink to="/sales/$saleId" params={{ saleId: row.entryId }} inherit>
      Sale {row.receiptNo}
    </TextLink>
  )
}
