import { type Subscription, VirtualTimeScheduler } from 'rxjs'
import type { Case } from '../harness/group.mts'
import { deadlines } from '../cases/deadlines.mts'

/** It sorts its timers anew for each that is made: more of them would take minutes. */
const COUNT = 10_000

let fired = 0

function fire(): void { fired++ }

function run(): number {
  fired = 0
  const scheduler = new VirtualTimeScheduler()
  const made: Subscription[] = []
  for (const when of deadlines(COUNT)) made.push(scheduler.schedule(fire, when))
  for (let i = 0; i < COUNT; i += 2) made[i]?.unsubscribe()
  scheduler.flush()
  return fired
}

export const timers: Case = {
  name: 'RxJS VirtualTimeScheduler: 10,000 timers', ops: COUNT, gives: COUNT / 2, prepare: () => run, once: true,
}
