import { Button, Skeleton } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { auditQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { Page } from '../parts/page.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { StaleNote } from '../parts/stale-note.tsx'
import { When } from '../parts/when.tsx'
import classes from './audit.module.css'
import { auditSentence } from './audit-words.ts'
import { CheckRow } from './check-row.tsx'

/** What must always be true, looked up in the ledger itself, and every place where it is not. */
export function AuditPage() {
  const { api } = useOffice()
  const query = useQuery(auditQuery(api))
  return (
    <Page
      title="Audit"
      filters={<StaleNote query={query} />}
      action={
        <Button
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={query.isFetching}
          onClick={() => void query.refetch()}
        >
          Run again
        </Button>
      }
    >
      <QueryState query={query} failed="The audit did not run." skeleton={<AuditSkeleton />}>
        {(report) => (
          <>
            <div className={classes.result}>
              <p className={classes.sentence} role="status">
                {auditSentence(report)}
              </p>
              <p className={classes.quiet}>
                Checked <When at={report.ranAt} relative />, on everything the server had received by then.
              </p>
            </div>
            <ul className={classes.checks}>
              {report.checks.map((check) => (
                <CheckRow key={check.name} check={check} />
              ))}
            </ul>
          </>
        )}
      </QueryState>
    </Page>
  )
}

function AuditSkeleton() {
  return (
    <div aria-busy="true" className={classes.skeleton}>
      <p className={classes.sentence} role="status">
        Going through every entry, sale and count …
      </p>
      <Skeleton height={640} />
    </div>
  )
}
