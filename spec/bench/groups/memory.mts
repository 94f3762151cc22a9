import { type Coroutine, EventLoop, Future, VirtualHost, getCurrent, greenlet, sleep } from 'yieldfrom'
import { type Group, library } from '../harness/group.mts'
import { bytesEach } from '../cases/bytes-each.mts'

async function suspended(gate: Promise<unknown>): Promise<void> { await gate }

async function napping(): Promise<void> { await new Promise(wake => { setTimeout(wake, FAR) }) }

function* parked(gate: Future): Coroutine<void> { yield* gate }

function* sleeping(): Coroutine<void> { yield* sleep(FAR) }

const main = getCurrent()

function* waiting(): Coroutine<void> { yield* main.switch() }

function* plain(): Generator<undefined, void> { yield }

const FAR = 1e9

function tasks(body: (loop: EventLoop) => Coroutine<void>): number {
  const loop = new EventLoop({ host: new VirtualHost() })
  return bytesEach(() => loop.createTask(body(loop)), () => { loop.tick() })
}

function parkedTasks(): number {
  let gate: Future | undefined
  return tasks(loop => parked(gate ??= new Future({ loop })))
}

function suspendedFunctions(): number {
  const gate = new Promise(() => { /* never */ })
  return bytesEach(() => suspended(gate))
}

function parkedGreenlet(): unknown {
  const one = greenlet(waiting)
  one.resume()
  return one
}

function startedGenerator(): unknown {
  const one = plain()
  one.next()
  return one
}

const NATIVE = 'native async function, suspended'

export const groups: readonly Group[] = [{
  title: 'memory of one that waits',
  unit: 'B',
  anchor: NATIVE,
  entries: [
    { name: NATIVE, gauge: suspendedFunctions, kind: 'plain' },
    { name: 'native async function, in setTimeout', gauge: () => bytesEach(napping), kind: 'plain' },
    { name: 'plain generator', gauge: () => bytesEach(startedGenerator), kind: 'plain' },
    { name: 'task, parked', gauge: parkedTasks },
    { name: 'task, in sleep()', gauge: () => tasks(sleeping) },
    { name: 'greenlet, parked', gauge: () => bytesEach(parkedGreenlet) },
  ],
  libraries: [library('effect', 'memory')],
  targets: [
    { of: 'task, parked', per: NATIVE, atMost: 1.2 },
    { of: 'greenlet, parked', per: NATIVE, atMost: 0.8 },
  ],
  watched: ['task, parked', 'greenlet, parked'],
  rounds: 3,
}]
