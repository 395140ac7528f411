import type { Plan, PlanEvent } from './plan.ts'

/**
 * The shortest history that still fails, as far as dropping events finds it: halves first, then ever smaller
 * pieces (delta debugging), then fewer sales in each burst.
 */
export async function shrink(
  plan: Plan,
  fails: (candidate: Plan) => Promise<boolean>,
  mostRuns = 150,
): Promise<Plan> {
  let runs = 0
  const still = async (events: readonly PlanEvent[]) => ++runs <= mostRuns && fails({ ...plan, events })
  let events = plan.events
  for (let size = Math.ceil(events.length / 2); size >= 1; ) {
    let dropped = false
    for (let at = 0; at < events.length && runs < mostRuns; ) {
      const without = events.toSpliced(at, size)
      if (await still(without)) {
        events = without
        dropped = true
      } else at += size
    }
    if (size === 1 && !dropped) break
    size = size === 1 ? 1 : Math.ceil(size / 2)
    if (runs >= mostRuns) break
  }
  for (let i = 0; i < events.length && runs < mostRuns; i++) {
    for (;;) {
      const event = events[i]
      if (event?.do !== 'sell' || event.sales <= 1) break
      const fewer = events.with(i, { ...event, sales: event.sales >> 1 })
      if (!(await still(fewer))) break
      events = fewer
    }
  }
  return { ...plan, events }
}
