import { RESOLVED_BY_ITSELF } from '@evertill/shared/protocol/exception'
import type { AuditCheck } from './audit-check.ts'

/** The entries whose text is the one that was hashed: only theirs is worth reading. */
export const isSealed = "hash = sha256(convert_to(raw, 'UTF8'))"

/** What a till wrote arrived as it was written, and none of it is missing unnoticed. */
export const journalChecks: readonly AuditCheck[] = [
  {
    name: 'entry-seals',
    law: 'Every entry is, byte for byte, the one its till sealed.',
    covers: 'entries',
    find: (sql, companyId) => sql`
      select jsonb_build_object('entryId', entry_id) as about, 'text' as unit,
             'its text is not the one that was sealed: the seal is {expected}, the text makes {actual}' as says,
             left(encode(hash, 'hex'), 12) as expected,
             left(encode(sha256(convert_to(raw, 'UTF8')), 'hex'), 12) as actual
      from entry where company_id = ${companyId} and not (${sql.unsafe(isSealed)})`,
  },
  {
    name: 'entry-fields',
    law: 'Every entry is filed as its own text says.',
    covers: 'entries',
    find: (sql, companyId) => sql`
      select jsonb_build_object('entryId', e.entry_id) as about, 'text' as unit,
             format('it is filed under %s {actual}, but its text says {expected}', v.field) as says,
             v.expected, v.actual
      from (select * from entry where company_id = ${companyId} and ${sql.unsafe(isSealed)} offset 0) e
      cross join json_to_record(e.raw::json) as w(
        id text, "tillId" text, "outletId" text, epoch integer, seq bigint, kind text, at timestamptz,
        "clockOffsetMs" bigint, "businessDate" text, "staffId" text, "shiftId" text, prev text)
      cross join lateral (values
        ('id', w.id, e.entry_id::text),
        ('till', w."tillId", e.till_id::text),
        ('outlet', w."outletId", e.outlet_id::text),
        ('epoch', w.epoch::text, e.epoch::text),
        ('number', w.seq::text, e.seq::text),
        ('kind', w.kind, e.kind),
        ('time', w.at::text, e.at::text),
        ('clock offset', w."clockOffsetMs"::text, e.clock_offset_ms::text),
        ('business day', w."businessDate", e.business_date::text),
        ('staff', w."staffId", e.staff_id::text),
        ('shift', coalesce(w."shiftId", 'none'), coalesce(e.shift_id::text, 'none')),
        ('predecessor', w.prev, encode(e.prev, 'hex'))
      ) as v(field, expected, actual)
      where (w.id, w."tillId", w."outletId", w.epoch, w.seq, w.kind, w.at, w."clockOffsetMs", w."businessDate",
             w."staffId", w."shiftId", w.prev)
        is distinct from (e.entry_id::text, e.till_id::text, e.outlet_id::text, e.epoch, e.seq, e.kind, e.at,
             e.clock_offset_ms, e.business_date::text, e.staff_id::text, e.shift_id::text, encode(e.prev, 'hex'))
        and v.expected is distinct from v.actual`,
  },
  {
    name: 'entry-chain',
    law: 'Every entry names the seal of the one before it, or an exception says that it does not.',
    covers: 'entries',
    // Where a cloned till has used a number twice, either may be the one before: nothing is said of the next.
    find: (sql, companyId) => sql`
      with numbered as (
        select till_id, epoch, seq, count(*) as entries, (array_agg(hash))[1] as hash
        from entry where company_id = ${companyId} group by till_id, epoch, seq
      )
      select jsonb_build_object('entryId', e.entry_id) as about, 'text' as unit,
             case when e.seq = 1 then 'it is the first of its journal, but names {actual} as the one before it'
                  else 'it names {actual} as the one before it, but that one is {expected}' end as says,
             left(encode(n.hash, 'hex'), 12) as expected, left(encode(e.prev, 'hex'), 12) as actual
      from entry e
      left join numbered n on n.till_id = e.till_id and n.epoch = e.epoch and n.seq = e.seq - 1
      where e.company_id = ${companyId} and (n.entries = 1 or e.seq = 1)
        and e.prev <> coalesce(n.hash, decode(repeat('00', 32), 'hex'))
        and not exists (
          select from exception x where x.company_id = e.company_id and x.type = 'chain-broken'
            and x.subject = e.till_id || '/' || e.epoch || '/' || e.seq)`,
  },
  {
    name: 'journal-marks',
    law: 'Every till’s journal is whole up to its mark, but for what head office has left out.',
    covers: 'journals',
    find: (sql, companyId) => sql`
      with last as (
        select till_id, epoch, max(seq) as last_seq from entry where company_id = ${companyId} group by till_id, epoch
      ), seqs as (
        select till_id, epoch, seq,
               dense_rank() over (partition by till_id, epoch order by seq) = seq as in_turn
        from (
          select till_id, epoch, seq from entry where company_id = ${companyId}
          union all
          select till_id, epoch, seq from left_out join last using (till_id, epoch)
          where company_id = ${companyId} and seq < last_seq
        ) as here
      ), marks as (
        select till_id, epoch, max(seq) as last_seq, coalesce(max(seq) filter (where in_turn), 0) as high_water
        from seqs group by till_id, epoch
      )
      select jsonb_build_object('tillId', till_id, 'epoch', epoch) as about, 'text' as unit,
             format('its %s is {actual}, but its entries make it {expected}', v.field) as says,
             v.expected::text, v.actual::text
      from marks m
      full join (select * from journal where company_id = ${companyId}) j using (till_id, epoch)
      cross join lateral (values
        ('high-water mark', coalesce(m.high_water, 0), coalesce(j.high_water, 0)),
        ('last number', coalesce(m.last_seq, 0), coalesce(j.last_seq, 0))
      ) as v(field, expected, actual)
      where v.expected <> v.actual`,
  },
  {
    name: 'journal-gaps',
    law: 'Every hole in a journal is known to head office.',
    covers: 'journals',
    find: (sql, companyId) => sql`
      select jsonb_build_object('tillId', j.till_id, 'epoch', j.epoch) as about, 'text' as unit,
             'entry {expected} has not arrived while entry {actual} has, and no exception tells of it' as says,
             (j.high_water + 1)::text as expected, j.last_seq::text as actual
      from journal j
      where j.company_id = ${companyId} and j.high_water < j.last_seq
        and not exists (
          select from exception x where x.company_id = j.company_id and x.type = 'sequence-gap'
            and x.subject = j.till_id || '/' || j.epoch
            and (x.state = 'open' or x.resolved_by <> ${RESOLVED_BY_ITSELF}))`,
  },
  {
    name: 'held-lines',
    law: 'What could not be read is kept, byte for byte.',
    covers: 'held',
    find: (sql, companyId) => sql`
      select jsonb_build_object('tillId', till_id) as about, 'text' as unit,
             format('the line held as %s is not the one that came: that was {expected}, this is {actual}',
                    quarantine_id) as says,
             left(encode(line_hash, 'hex'), 12) as expected, left(encode(sha256(line), 'hex'), 12) as actual
      from quarantine where company_id = ${companyId} and line_hash <> sha256(line)`,
  },
  {
    name: 'held-exceptions',
    law: 'Whatever is held is known to head office.',
    covers: 'held',
    find: (sql, companyId) => sql`
      select jsonb_build_object('tillId', q.till_id) as about, 'text' as unit,
             format('the line held as %s is told of by no exception', q.quarantine_id) as says,
             null as expected, null as actual
      from quarantine q
      where q.company_id = ${companyId} and q.state = 'held' and not exists (
        select from exception x where x.company_id = q.company_id and x.exception_id = q.exception_id
          and (x.state = 'open' or x.resolved_by <> ${RESOLVED_BY_ITSELF}))`,
  },
  {
    name: 'replayed-lines',
    law: 'Every held line that is said to count by now is an entry.',
    covers: 'held',
    find: (sql, companyId) => sql`
      select jsonb_build_object('tillId', q.till_id) as about, 'text' as unit,
             format('the line held as %s is said to count, but its entry is missing', q.quarantine_id) as says,
             null as expected, null as actual
      from (select * from quarantine where company_id = ${companyId} and state = 'replayed' offset 0) q
      cross join lateral (
        select convert_from(substring(q.line from 1 for 64), 'UTF8') as hash,
               (convert_from(substring(q.line from 66), 'UTF8')::json ->> 'id')::uuid as id
      ) as w
      where not exists (select from entry e where e.company_id = ${companyId} and e.entry_id = w.id
                          and encode(e.hash, 'hex') = w.hash)`,
  },
]
