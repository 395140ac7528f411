import type { Sql } from '../src/db/connect.ts'
import { buyersAreNamed } from './check-buyers.ts'
import { sumsAreRight } from './check-counters.ts'
import { customersAreThere } from './check-customers.ts'
import { emailsAreThere } from './check-emails.ts'
import { everyEntryOnce } from './check-entries.ts'
import { exchangesAreWhole } from './check-exchanges.ts'
import { journalsAreGapless } from './check-journals.ts'
import { amountsAreTheOracles } from './check-papers.ts'
import { overRefundsAreTold } from './check-refunds.ts'
import { shiftsAddUp } from './check-shifts.ts'
import { catalogueIsTheServers, shiftsAreTheJournals } from './check-tills.ts'
import { expectedPapers } from './expected-papers.ts'
import { type Done, factsOf, type Verdict } from './facts.ts'
import { readLedger } from './ledger-rows.ts'

export type { Verdict }

/**
 * What must always be true (the seven invariants), reckoned from what cashiers did and what their screens said, with
 * the oracles' amounts. The ledger is read row by row and added up here: nothing of the product's SQL or arithmetic
 * is asked.
 */
export async function check(sql: Sql, companyId: string, done: Done): Promise<Verdict> {
  const facts = factsOf(await readLedger(sql, companyId), done)
  const verdict: Verdict = { lost: [], doubled: [], mismatched: [] }
  const papers = expectedPapers(verdict, facts)
  everyEntryOnce(verdict, facts)
  amountsAreTheOracles(verdict, facts, papers)
  exchangesAreWhole(verdict, facts, papers)
  overRefundsAreTold(verdict, facts, papers)
  sumsAreRight(verdict, facts, papers)
  shiftsAddUp(verdict, facts, papers)
  customersAreThere(verdict, facts, papers)
  emailsAreThere(verdict, facts)
  buyersAreNamed(verdict, facts)
  journalsAreGapless(verdict, facts)
  for (const browser of done.browsers) {
    catalogueIsTheServers(verdict, facts, browser)
    shiftsAreTheJournals(verdict, facts, papers, browser)
  }
  return verdict
}
