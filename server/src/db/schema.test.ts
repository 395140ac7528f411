import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/test-database.ts'
import type { Sql } from './connect.ts'

/*
 * company_id leads every primary key, unique constraint, index and foreign key: that is what lets the tables be
 * spread by company, and one big company have a node of its own. A table that breaks it stands here with its reason.
 */
const EXEMPT: Readonly<Record<string, string>> = {
  enrolment_code_pkey: 'a code is typed before anyone knows the company; looked up once, by its hash',
  auth_user: 'a person signs in by e-mail before anyone knows the company',
  auth_session: 'found by the token of a cookie',
  auth_account: 'belongs to a person, not to a company',
  auth_verification: 'belongs to an e-mail address, not to a company',
  auth_secret: 'one row for the whole database',
  schema_version: 'which migrations ran',
  schema_routine: 'which routines are in place',
}

interface Breach {
  readonly relation: string
  /** The index or constraint; the table itself where it lacks a key. */
  readonly object: string
  readonly reason: string
}

async function breachesIn(sql: Sql): Promise<Breach[]> {
  const rows = await sql<Breach[]>`
    with relation as (
      select c.oid, c.relname from pg_class c
      where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
    ), led as (
      select r.relname as relation, i.relname as object, a.attname as column, x.indisprimary
      from relation r
      join pg_index x on x.indrelid = r.oid
      join pg_class i on i.oid = x.indexrelid
      left join pg_attribute a on a.attrelid = r.oid and a.attnum = x.indkey[0]
    ), reference as (
      select r.relname as relation, f.conname as object,
             here.attname as column, there.attname as target
      from relation r
      join pg_constraint f on f.conrelid = r.oid and f.contype = 'f'
      join pg_attribute here on here.attrelid = f.conrelid and here.attnum = f.conkey[1]
      join pg_attribute there on there.attrelid = f.confrelid and there.attnum = f.confkey[1]
    )
    select relation, object, 'leads with ' || coalesce(led.column, 'an expression') as reason
    from led where led.column is distinct from 'company_id'
    union all
    select relation, object, 'refers from ' || reference.column || ' to ' || target
    from reference where reference.column <> 'company_id' or target <> 'company_id'
    union all
    select relname, relname, 'has no primary key'
    from relation where not exists (
      select from led where led.relation = relation.relname and led.indisprimary)
    order by relation, object`
  return [...rows]
}

const isExempt = (breach: Breach) => breach.relation in EXEMPT || breach.object in EXEMPT

describe('the schema', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  it('is led by company_id: every key, foreign key and index of every table that is not exempt', async () => {
    const breaches = (await breachesIn(database.sql)).filter((breach) => !isExempt(breach))
    expect(breaches, 'lead it with company_id, or exempt it above and say why').toEqual([])
  })

  it('needs every exemption it has', async () => {
    const breaches = await breachesIn(database.sql)
    const unneeded = Object.keys(EXEMPT).filter(
      (name) => !breaches.some((breach) => breach.relation === name || breach.object === name),
    )
    expect(unneeded).toEqual([])
  })

  it('holds no partition key that is not part of the primary key’s id, so that an id counts once for ever', async () => {
    const rows = await database.sql<{ relation: string; partitioned_by: string; key: string[] }[]>`
      select c.relname as relation, a.attname as partitioned_by,
             array(select k.attname::text from unnest(x.indkey::smallint[]) with ordinality as n(attnum, position)
                   join pg_attribute k on k.attrelid = c.oid and k.attnum = n.attnum
                   order by n.position) as key
      from pg_partitioned_table p
      join pg_class c on c.oid = p.partrelid and c.relnamespace = current_schema()::regnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = p.partattrs[0]
      join pg_index x on x.indrelid = c.oid and x.indisprimary
      order by c.relname`
    expect(rows.map((row) => row.relation)).toEqual([
      'entry',
      'points_entry',
      'sale',
      'sale_line',
      'sale_tender',
      'stock_movement',
      'value_entry',
    ])
    for (const { relation, partitioned_by, key } of rows) {
      expect(key.slice(0, 2), relation).toEqual(['company_id', partitioned_by])
    }
  })

  it('is found out when a table, an index or a reference breaks the rule', async () => {
    const { sql } = database
    await sql.unsafe(`
      create table bad_keyless (company_id uuid not null);
      create table bad_key (id uuid primary key, company_id uuid not null);
      create table bad_order (company_id uuid, id uuid, primary key (id, company_id));
      create table bad_unique (company_id uuid, id uuid, code text unique, primary key (company_id, id));
      create table bad_index (company_id uuid, id uuid, name text, primary key (company_id, id));
      create index bad_index_name on bad_index (name, company_id);
      create index bad_index_expression on bad_index (lower(name), company_id);
      create table bad_reference (company_id uuid, id uuid, key_id uuid references bad_key, primary key (company_id, id));
      create table bad_ledger (company_id uuid, id uuid, primary key (id, company_id)) partition by range (id);
      create table bad_ledger_default partition of bad_ledger default;
      create table good (company_id uuid references company, id uuid, name text, primary key (company_id, id),
                         unique (company_id, name), foreign key (company_id, id) references good);
    `)
    const found = (await breachesIn(sql)).filter((breach) => !isExempt(breach))
    expect(found.map((breach) => `${breach.object} ${breach.reason}`)).toEqual([
      'bad_index_expression leads with an expression',
      'bad_index_name leads with name',
      'bad_key_pkey leads with id',
      'bad_keyless has no primary key',
      'bad_ledger_pkey leads with id',
      'bad_ledger_default_pkey leads with id',
      'bad_order_pkey leads with id',
      'bad_reference_key_id_fkey refers from key_id to id',
      'bad_unique_code_key leads with code',
    ])
  })
})
