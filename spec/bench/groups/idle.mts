import { type Coroutine, EventLoop, ManualHost, sleep } from 'yieldfrom'
import type { Case, Group } from '../harness/group.mts'

const TICKS = 1_000
const FAR = 1e12

function* sleeper(ms: number): Coroutine<void> { yield* sleep(ms) }

/** Ticks of a loop in which so many tasks sleep. */
function ticks(count: number): () => number {
  const loop = new EventLoop({ host: new ManualHost() })
  for (let i = 0; i < count; i++) loop.createTask(sleeper(FAR + i))
  loop.tick()
  let now = 0
  return () => {
    let blocked = 0
    for (let i = 0; i < TICKS; i++) blocked = loop.tick({ now: ++now }).blocked
    return blocked
  }
}

interface Sleeper {
  readonly wakeAt: number
  readonly body: Iterator<unknown>
}

/** What one writes without a loop: look at each of them, every time. */
function handWritten(count: number, ticks: number): () => number {
  const sleepers = Array.from({ length: count }, (_, i): Sleeper =>
    ({ wakeAt: FAR + i, body: sleeper(0) as Iterator<unknown> }))
  let now = 0
  return () => {
    let blocked = 0
    for (let i = 0; i < ticks; i++) {
      now++
      blocked = 0
      for (const { wakeAt, body } of sleepers) {
        if (wakeAt <= now) body.next()
        else blocked++
      }
    }
    return blocked
  }
}

const of = (count: number): Case =>
  ({ name: `tick(), ${name(count)}`, ops: TICKS, gives: count, prepare: () => ticks(count) })

const byHand = (count: number, ops: number): Case => ({
  name: `hand-written loop, ${name(count)}`, ops, gives: count, prepare: () => handWritten(count, ops), kind: 'plain',
})

function name(count: number): string { return `${count.toLocaleString('en-US')} sleepers` }

export const groups: readonly Group[] = [{
  title: 'a tick in which nothing is due',
  anchor: 'tick(), 100 sleepers',
  entries: [of(100), of(100_000), byHand(100, TICKS), byHand(100_000, 10)],
  targets: [{ of: 'tick(), 100,000 sleepers', per: 'tick(), 100 sleepers', atMost: 1.2 }],
  watched: ['tick(), 100,000 sleepers'],
}]
