import type { ExceptionRow, HeldEntries as Held } from '@evertill/shared/protocol/office/exceptions'
import { Button, Group, Progress, Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { countText } from '../../app/format.ts'
import { Money, useMoneyText } from '../../app/money.tsx'
import { heldQuery } from '../api/queries.ts'
import { useOffice } from '../office-context.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { sayDone } from '../parts/notes.ts'
import { ProblemNote } from '../parts/problem-note.tsx'
import { QueryState } from '../parts/query-state.tsx'
import { useMay } from '../session/use-session.ts'
import { countOf } from '../words/count-words.ts'
import classes from './exception.module.css'
import { HeldList } from './held-list.tsx'
import { heldText, replayedText } from './held-words.ts'
import { LeaveOut } from './leave-out.tsx'
import { useReplay } from './use-replay.ts'

interface HeldEntriesProps {
  readonly row: ExceptionRow
  /** The exception is closed now. */
  readonly onSettled: () => void
}

/** What is kept for an exception and does not count, and the decision about it. */
export function HeldEntries({ row, onSettled }: HeldEntriesProps) {
  const { api } = useOffice()
  const query = useQuery(heldQuery(api, row.exceptionId))
  const mayResolve = useMay('exception.resolve')
  return (
    <QueryState query={query} failed="What is kept did not load." skeleton={<Skeleton height={160} />}>
      {(held) => (
        <section aria-label="What is kept" className={classes.held}>
          <p className={classes.heldSum}>
            <span>{heldText(held.all)}</span>
            {held.all.sales + held.all.refunds > 0 && <Money amount={held.all.amount} />}
          </p>
          {held.all.unclear > 0 && (
            <p className={classes.unclear}>
              What {countOf(held.all.unclear, 'entry comes', 'entries come')} to cannot be told for sure.
            </p>
          )}
          {mayResolve && held.upTo !== null && (
            <Decision row={row} shown={{ all: held.all, upTo: held.upTo }} onSettled={onSettled} />
          )}
          <HeldList held={held} outletName={row.outletName} />
        </section>
      )}
    </QueryState>
  )
}

interface Shown {
  readonly all: Held['all']
  readonly upTo: string
}

interface DecisionProps {
  readonly row: ExceptionRow
  readonly shown: Shown
  readonly onSettled: () => void
}

/** Where money is at stake it is asked again, with the amount. */
function Decision({ row, shown, onSettled }: DecisionProps) {
  const money = useMoneyText()
  const [question, ask] = useState<{ readonly of: 'replay' | 'leave-out'; readonly shown: Shown }>()
  const close = () => ask(undefined)
  const asking = question?.of === 'replay'
  const isOpen = row.state === 'open'
  const { replay, done } = useReplay(row.exceptionId, (report) => {
    close()
    if (report.held + report.since > 0) return
    sayDone(replayedText(report))
    onSettled()
  })
  // What was asked about stands, whatever comes while the question does.
  const { all, upTo } = question?.shown ?? shown
  const entries = countOf(all.entries, 'entry', 'entries')
  const what = all.amount === 0 ? entries : `${entries}, ${money(all.amount)}`
  const verb = row.type === 'revoked-till' ? 'Accept' : 'Replay'
  const isMoney = row.type === 'revoked-till' || all.sales + all.refunds + all.unclear > 0
  return (
    <Stack gap="sm">
      {replay.isPending ? (
        <Replaying done={done} all={Math.max(all.entries, done)} />
      ) : (
        <Group gap="xs">
          <Button onClick={() => (isMoney ? ask({ of: 'replay', shown }) : replay.mutate(upTo))}>
            {isOpen ? `${verb} ${entries}` : `${verb} after all`}
            {isMoney && '…'}
          </Button>
          {isOpen && (
            <Button variant="default" onClick={() => ask({ of: 'leave-out', shown })}>
              Leave out…
            </Button>
          )}
        </Group>
      )}
      {!asking && <ProblemNote error={replay.error} />}
      {replay.data !== undefined && replay.data.held + replay.data.since > 0 && (
        <p role="status" className={classes.advice}>
          {replayedText(replay.data)}
        </p>
      )}
      <Confirm
        opened={asking}
        title={`${verb} ${entries}?`}
        confirm={`${verb} ${what}`}
        tone="plain"
        pending={replay.isPending}
        error={replay.error}
        onConfirm={() => replay.mutate(upTo)}
        onClose={close}
      >
        <p>
          {heldText(all)}
          {all.sales + all.refunds > 0 && (
            <>
              , <Money amount={all.amount} /> in all
            </>
          )}
          .{all.unclear > 0 && ' What all of them come to cannot be told for sure before.'}
        </p>
        <p>
          {verb === 'Accept'
            ? 'Each counts once, on the business day it was rung up: totals, stock and points change, also of days that are past. This cannot be taken back.'
            : 'Each that can be read now counts once, on the business day it was rung up. What still cannot be read stays here. This cannot be taken back.'}
        </p>
        {replay.isPending && <Replaying done={done} all={Math.max(all.entries, done)} />}
      </Confirm>
      <LeaveOut
        row={row}
        what={what}
        upTo={upTo}
        opened={question?.of === 'leave-out'}
        onClose={close}
        onLeftOut={() => {
          close()
          onSettled()
        }}
      />
    </Stack>
  )
}

function Replaying({ done, all }: { done: number; all: number }) {
  return (
    <div role="status">
      <Progress value={all === 0 ? 100 : (done / all) * 100} aria-label="How far it is" />
      {countText(done)} of {countText(all)}
    </div>
  )
}
