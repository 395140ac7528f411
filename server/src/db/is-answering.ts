import type { Sql } from './connect.ts'

/** Whether the database answers within some milliseconds. */
export async function isAnswering(sql: Sql, patienceMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const impatience = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, patienceMs, false)
  })
  const answer = sql`select 1`.then(
    () => true,
    () => false,
  )
  return Promise.race([answer, impatience]).finally(() => clearTimeout(timer))
}
