/** One deliberate breakage: where, what it replaces by what, and who is expected to notice. */
export interface Mutation {
  readonly name: string
  readonly file: string
  readonly search: string
  readonly replace: string
  /** Test files that notice what no history can show; without them the simulator has to. */
  readonly tests?: readonly string[]
}

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'drop the hash check',
    file: 'server/src/replay/read-line.ts',
    search: "if (createHash('sha256').update(bytes).digest('hex') !== hash)",
    replace: 'if (bytes.length === 0)',
  },
  {
    name: 'acknowledge before the commit',
    file: 'server/src/replay/apply-lines.ts',
    search: 'replayed = await retrying(() => replay(sql, companyId, batch, ports.now()), ports)',
    replace:
      'void retrying(() => replay(sql, companyId, batch, ports.now()), ports).catch(() => undefined)\n    replayed = { fresh: lines.map(() => true), raised_entry: [], raised_type: [], ordered_entry: [], ordered_epoch: [] } as never',
  },
  {
    name: 'deduplicate by seq instead of id',
    file: 'server/src/db/replay.sql',
    search: '    order by e.id\n    on conflict (company_id, entry_id) do nothing',
    replace:
      '    where not exists (select 1 from entry x where x.company_id = p_company and x.till_id = e.till and x.epoch = e.epoch and x.seq = e.seq)\n    order by e.id\n    on conflict (company_id, entry_id) do nothing',
  },
  {
    name: 'skip the lock order of stock',
    file: 'server/src/db/replay.sql',
    search: '-quantity from moved order by outlet, product',
    replace: '-quantity from moved order by md5(product::text || p_id[1]::text)',
    tests: ['server/src/replay/concurrent-pushes.test.ts'],
  },
  {
    name: 'settle by the HTTP status',
    file: 'client/src/sync/push-once.ts',
    search: "if (answer.code !== 'answered') {",
    replace:
      "if (answer.code === 'unreadable') {\n    await settleEntries(db, { batch, entries: batch.entries.map(({ seq, hash }) => ({ seq, hash, fate: 'applied' as const })), highWater: 0, now: now() })\n    return { type: 'pushed', sent: hashes.length, settled: hashes.length }\n  }\n  if (answer.code !== 'answered') {",
  },
  {
    name: 'drop the unreadable instead of quarantining it',
    file: 'server/src/replay/accept-push.ts',
    search: 'if (held.length > 0) {',
    replace: 'if (held.length > 1e6) {',
  },
  {
    name: 'count stock outside of what is fresh',
    file: 'server/src/db/replay.sql',
    search:
      'from unnest(p_line_entry, p_product, p_quantity) as l(entry, product, quantity)\n    where v_fresh[l.entry]\n    group by 1, 2',
    replace:
      'from unnest(p_line_entry, p_product, p_quantity) as l(entry, product, quantity)\n    group by 1, 2',
  },
  {
    name: 'use a seq again after a crash',
    file: 'client/src/store/record-entry.ts',
    search: "await writeState(db, 'counters', { tillId: till.tillId, epoch, seq, hash, receipts })",
    replace:
      "if (seq % 7 !== 0) await writeState(db, 'counters', { tillId: till.tillId, epoch, seq, hash, receipts })",
  },
  {
    name: 'record outside of one transaction',
    file: 'client/src/store/record-entry.ts',
    search: "await writeState(db, 'openSale', EMPTY_SALE)",
    replace: 'void EMPTY_SALE',
  },
  {
    name: 'take a cursor from now instead of the xmin horizon',
    file: 'server/src/db/queries/feed.ts',
    search: 'pg_snapshot_xmin(pg_current_snapshot()) as horizon',
    replace: 'pg_snapshot_xmax(pg_current_snapshot()) as horizon',
  },
  {
    name: 'believe the highest seq to be the high-water mark',
    file: 'server/src/db/journal.sql',
    search: 'high_water = coalesce(v_first_missing - 1, v_last)',
    replace: 'high_water = v_last',
  },
  {
    name: 'never notice that the server was restored',
    file: 'client/src/store/settle-entries.ts',
    search: 'const waitingAgain = (await hasLostData(db, settlement)) ? await waitAgain(db, settlement) : 0',
    replace: 'const waitingAgain = (await hasLostData(db, settlement)) ? 0 * (await waitAgain.length) : 0',
  },
  {
    name: 'answer a foreign cursor as if it were ours',
    file: 'server/src/feed/pull.ts',
    search: 'if (of !== life || xid === undefined',
    replace: 'if (of === undefined || xid === undefined',
  },
  {
    name: 'count points of duplicates too',
    file: 'server/src/db/replay.sql',
    search: 'where v_fresh[s.entry] and s.customer is not null and s.points <> 0\n  group by s.customer',
    replace: 'where s.customer is not null and s.points <> 0\n  group by s.customer',
  },
  {
    name: 'let the cursor move before the rows are written',
    file: 'client/src/store/apply-pull.ts',
    search: '    await writeRows(db, response, piece)\n    await writeStock',
    replace:
      "    await writeState(db, 'cursor', response.cursor)\n    await writeRows(db, response, piece)\n    await writeStock",
  },
]
