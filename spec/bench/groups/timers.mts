import { EventLoop, type TimerHandle, VirtualHost } from 'yieldfrom'
import { type Case, type Group, library, program } from '../harness/group.mts'
import { SPAN, deadlines } from '../cases/deadlines.mts'

let fired = 0

function fire(): void { fired++ }

/** Make so many timers, cancel every second one, and run the others. */
function timers(count: number): number {
  fired = 0
  const loop = new EventLoop({ host: new VirtualHost() })
  const made: TimerHandle[] = []
  for (const when of deadlines(count)) made.push(loop.callAt(when, fire))
  for (let i = 0; i < count; i += 2) made[i]?.cancel()
  loop.callAt(SPAN, () => { loop.stop() })
  loop.runForever()
  loop.close()
  return fired
}

const of = (count: number): Case => ({
  name: `${count.toLocaleString('en-US')} timers`, ops: count, gives: count / 2, prepare: () => () => timers(count),
})

/** What an operation that costs as much as the logarithm may cost more, when there are more of them. */
const growth = (from: number, to: number): number => Math.round(Math.log(to) / Math.log(from) * 100) / 100

export const groups: readonly Group[] = [{
  title: 'one of many timers, half of them cancelled',
  anchor: '10,000 timers',
  entries: [of(10_000), of(100_000), { ...of(1_000_000), once: true }],
  libraries: [library('rxjs', 'timers')],
  programs: [
    program('asyncio: 10,000 timers', 'asyncio', 'python/timers.py', 10_000),
    program('asyncio: 1,000,000 timers', 'asyncio', 'python/timers.py', 1_000_000),
  ],
  targets: [
    { of: '1,000,000 timers', per: 'asyncio: 1,000,000 timers', atMost: 0.2 },
    { of: '100,000 timers', per: '10,000 timers', atMost: growth(10_000, 100_000) },
    { of: '1,000,000 timers', per: '10,000 timers', atMost: growth(10_000, 1_000_000) },
  ],
  rounds: 3,
}]
