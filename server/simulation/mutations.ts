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
    search: "if (digest('sha256', bytes) !== hash)",
    replace: 'if (bytes.length === 0)',
  },
  {
    name: 'acknowledge before the commit',
    file: 'server/src/replay/apply-lines.ts',
    search: 'replayed = await retrying(() => replay(sql, companyId, batch, ports.now()), ports)',
    replace:
      'void retrying(() => replay(sql, companyId, batch, ports.now()), ports).catch(() => undefined)\n    replayed = { fresh: lines.map(() => true), raised_entry: [], raised_type: [], ordered_entry: [], ordered_epoch: [], journal_till: [], journal_epoch: [], high_water: [] } as never',
  },
  {
    name: 'deduplicate by seq instead of id',
    file: 'server/src/db/replay.sql',
    search:
      'from generate_subscripts(p_id, 1) as e(no)\n    order by p_id[no]\n    on conflict (company_id, entry_id) do nothing',
    replace:
      'from generate_subscripts(p_id, 1) as e(no)\n    where not exists (select 1 from entry x where x.company_id = p_company and x.till_id = p_till[no] and x.epoch = p_epoch[no] and x.seq = p_seq[no])\n    order by p_id[no]\n    on conflict (company_id, entry_id) do nothing',
  },
  {
    name: 'skip the lock order of stock',
    file: 'server/src/db/replay.sql',
    search: '-quantity from moved order by outlet, product',
    replace: '-quantity from moved order by md5(product::text || p_id[1]::text)',
    tests: ['server/src/replay/concurrent-pushes.test.ts'],
  },
  {
    name: 'let points that paid stay in the balance',
    file: 'server/src/db/replay.sql',
    search: 'from unnest(v_spent_entry, v_spent_customer, v_spent_points) as t(entry, customer, points)',
    replace:
      'from unnest(v_spent_entry, v_spent_customer, v_spent_points) as t(entry, customer, points) where false',
  },
  {
    name: 'let a code be spent by who comes again with it',
    file: 'server/src/db/replay.sql',
    search: 'where t.code is not null and t.amount <> 0\n',
    replace: "where t.code is not null and t.amount <> 0 and p_kind[t.entry] <> 'sale'\n",
  },
  {
    name: 'leave on a code what was taken off it',
    file: 'server/src/db/replay.sql',
    search: 'set balance = stored_value.balance + excluded.balance',
    replace: 'set balance = stored_value.balance + greatest(excluded.balance, 0)',
  },
  {
    name: 'keep the halves of an exchange in two transactions',
    file: 'client/src/store/record-exchange.ts',
    search:
      "    const out = await append(db, desk, 'sale', sale, { entryId: ids.sale })\n    await forgetPrepared(db, refund.original?.saleId)\n    return { refund: back, ...out }\n  })",
    replace: [
      '    return { refund: back, sale, id: ids.sale } as never',
      '  }).then((half: any) =>',
      "    'code' in half",
      '      ? half',
      '      : recording(db, tables, input, async (desk) => {',
      "          const out = await append(db, desk, 'sale', half.sale, { entryId: half.id })",
      '          await forgetPrepared(db, half.refund.original?.saleId)',
      '          return { refund: half.refund, ...out }',
      '        }),',
      '  )',
    ].join('\n'),
  },
  {
    name: 'settle by the HTTP status',
    file: 'client/src/sync/push-once.ts',
    search: "if (answer.code !== 'answered') return {",
    replace:
      "if (answer.code === 'unreadable') {\n    await settleEntries(deps.db, { batch, entries: batch.entries.map(({ seq, hash }) => ({ seq, hash, fate: 'applied' as const })), highWater: 0, now: deps.now() })\n    return { event: { type: 'pushed', sent: hashes.length, settled: hashes.length } }\n  }\n  if (answer.code !== 'answered') return {",
  },
  {
    name: 'drop the unreadable instead of quarantining it',
    file: 'server/src/replay/take-piece.ts',
    search: 'if (held.length > 0) {',
    replace: 'if (held.length > 1e6) {',
  },
  {
    name: 'count stock outside of what is fresh',
    file: 'server/src/db/replay.sql',
    search:
      'from unnest(p_line_entry, p_product, p_quantity, p_restock) as s(entry, product, quantity, restock)\n      where v_fresh[entry] and restock is not false',
    replace:
      'from unnest(p_line_entry, p_product, p_quantity, p_restock) as s(entry, product, quantity, restock)\n      where restock is not false',
  },
  {
    name: 'use a seq again after a crash',
    file: 'client/src/store/record-entry.ts',
    search: "await writeState(db, 'counters', { tillId: till.tillId, epoch, seq, hash, receipts, zReports })",
    replace:
      "if (seq % 2 !== 0) await writeState(db, 'counters', { tillId: till.tillId, epoch, seq, hash, receipts, zReports })",
    // The journal refuses the second entry under a number: the till stops selling, and no history is wrong.
    tests: ['client/src/store/record-entry.test.ts'],
  },
  {
    name: 'record outside of one transaction',
    file: 'client/src/store/record-entry.ts',
    search: "writeState(db, 'openSale', EMPTY_SALE),",
    replace: 'EMPTY_SALE,',
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
    search: 'if (of !== life || xid === undefined || !isKnown',
    replace: 'if (of === undefined || xid === undefined',
  },
  {
    name: 'count points of duplicates too',
    file: 'server/src/db/replay.sql',
    search: 'where v_fresh[entry] and customer is not null and points <> 0\n      union all',
    replace: 'where customer is not null and points <> 0\n      union all',
  },
  {
    name: 'let the cursor move before the rows are written',
    file: 'client/src/store/apply-pull.ts',
    search: '    await writeRows(db, response, piece, moved)\n    await writeStock',
    replace:
      "    await writeState(db, 'cursor', response.cursor)\n    await writeRows(db, response, piece, moved)\n    await writeStock",
  },
  {
    name: 'put what a refund brings back on the shelf twice',
    file: 'server/src/db/replay.sql',
    search: 'select entry, product, quantity\n      from unnest(p_line_entry',
    replace:
      "select entry, product, quantity * case p_kind[entry] when 'refund' then 2 else 1 end as quantity\n      from unnest(p_line_entry",
  },
  {
    name: 'put what was written off back on the shelf',
    file: 'server/src/db/replay.sql',
    search: 'where v_fresh[e] and p_restock[no] is not false;',
    replace: 'where v_fresh[e];',
  },
  {
    name: 'leave a customer the points of what came back',
    file: 'server/src/db/replay.sql',
    search: 'where v_fresh[e] and p_customer[no] is not null and p_points[no] <> 0;',
    replace: 'where v_fresh[e] and p_customer[no] is not null and p_points[no] > 0;',
  },
  {
    name: 'count the cash of duplicates into their shift too',
    file: 'server/src/db/replay.sql',
    search: 'select array_agg(case when not e.fresh then null',
    replace: 'select array_agg(case when e.fresh is null then null',
  },
  {
    name: 'move cash in the wrong direction',
    file: 'server/src/db/replay.sql',
    search: "case b.direction when 'in' then b.amount else -b.amount end",
    replace: 'b.amount',
  },
  {
    name: 'drop a customer whose code another has',
    file: 'server/src/db/customers.sql',
    search: 'if v_new < cardinality(p_bodies) then',
    replace: 'if false then',
  },
  {
    name: 'tell nobody that more came back than was sold',
    file: 'server/src/db/refunds.sql',
    search:
      't.refunded > coalesce(l.quantity, 0) or t.paid_back > coalesce(l.net, 0) + t.times\n             or t.tax_back > coalesce(l.tax, 0) + t.times as over',
    replace: 'o.sale_id is null as over',
  },
  {
    name: 'let a till refund the same goods again and again',
    file: 'client/src/store/journal.ts',
    search: 'before: refundPapers(rows, others).map(',
    replace: 'before: refundPapers(rows, others).slice(0, 0).map(',
  },
  {
    name: 'pay back in ways that another window has used up',
    file: 'client/src/store/record-refund.ts',
    search: 'if (!areStillOpen(ways, open)) return',
    replace: 'if (!areStillOpen([], open)) return',
    tests: ['client/src/store/record-kinds.test.ts'],
  },
  {
    name: 'leave a closed shift open on the till',
    file: 'client/src/store/record-shift.ts',
    search: "await dropState(db, 'shift')",
    replace: "if (shift.shiftId === '') await dropState(db, 'shift')",
  },
  {
    name: 'forget the override that an entry needed',
    file: 'client/src/store/permit.ts',
    search: "if (approval !== undefined) await append(db, desk, 'override-given', { ...approval, about })",
    replace:
      "if (approval?.approvedBy === '') await append(db, desk, 'override-given', { ...approval, about })",
  },
  {
    name: 'mark as replayed what still cannot be read',
    file: 'server/src/office/held-entries.ts',
    search: 'return { reason: taken.reason, fields: taken.fields }',
    replace: 'return { reason: null, fields: taken.fields }',
  },
  {
    name: 'let count at once what a revoked till sends',
    file: 'server/src/replay/accept-push.ts',
    search: "if (till.state === 'revoked') return acceptRevokedPush(",
    replace: "if (till.tillId === 'revoked') return acceptRevokedPush(",
    tests: ['server/src/office/held-entries.test.ts'],
  },
  {
    name: 'believe a rescue file whoever signed it',
    file: 'server/src/tills/authenticate-rescue.ts',
    search: 'if (await isSignedBy(key, signature, hash)) return',
    replace: 'if ((await isSignedBy(key, signature, hash)) || true) return',
    tests: ['server/src/http/office/rescue-import.test.ts'],
  },
  {
    name: 'keep whichever address comes last instead of the newest',
    file: 'server/src/db/customers.sql',
    search: 'and (c.email_from is null or c.email_from < w.entry_id)',
    replace: '',
    tests: ['server/src/mail/send-due.test.ts'],
  },
  {
    name: 'make a receipt out to whoever was named first',
    file: 'client/src/store/named-buyer.ts',
    search: 'b.epoch - a.epoch || b.seq - a.seq',
    replace: 'a.epoch - b.epoch || a.seq - b.seq',
    tests: ['client/src/store/record-buyer.test.ts'],
  },
  {
    name: 'let any till say whom a receipt is made out to',
    file: 'server/src/db/queries/office-sales.ts',
    search: 'and named.till_id = s.till_id',
    replace: '',
    tests: ['server/src/replay/named-buyers.test.ts'],
  },
  {
    name: 'take every e-mail that is due at once',
    file: 'server/src/db/queries/receipt-email.ts',
    search: '      limit 1\n      for update skip locked',
    replace: '',
    tests: ['server/src/mail/send-due.test.ts'],
  },
]
