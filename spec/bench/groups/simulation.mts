import { type Coroutine, EventLoop, Semaphore, VirtualHost, sleep } from 'yieldfrom'
import { type Group, library, program } from '../harness/group.mts'
import { CUSTOMERS, GAP, MEAN_WAIT, SERVERS, SERVICE, exponential } from '../cases/queueing.mts'

let waited = 0
let served = 0

function* customer(loop: EventLoop, servers: Semaphore, service: number): Coroutine<void> {
  const arrived = loop.time()
  yield* servers.acquire()
  waited += loop.time() - arrived
  yield* sleep(service)
  servers.release()
  if (++served === CUSTOMERS) loop.stop()
}

function* source(loop: EventLoop): Coroutine<void> {
  const gap = exponential(GAP, 1)
  const service = exponential(SERVICE, 2)
  const servers = new Semaphore(SERVERS)
  for (let i = 0; i < CUSTOMERS; i++) {
    yield* sleep(gap())
    loop.createTask(customer(loop, servers, service()))
  }
}

function simulate(): number {
  waited = served = 0
  const loop = new EventLoop({ host: new VirtualHost() })
  loop.createTask(source(loop))
  loop.runForever()
  loop.close()
  return waited / CUSTOMERS
}

export const groups: readonly Group[] = [{
  title: 'a customer of a simulated M/M/3 queue, 1,000,000 customers',
  anchor: 'tasks and a Semaphore',
  entries: [{ name: 'tasks and a Semaphore', ops: CUSTOMERS, gives: MEAN_WAIT, prepare: () => simulate, once: true }],
  libraries: [library('simjs', 'simulation')],
  programs: [
    program('simpy', 'simpy', 'python/simulation.py', CUSTOMERS, SERVERS, GAP, SERVICE, MEAN_WAIT),
  ],
  targets: [{ of: 'tasks and a Semaphore', per: 'simpy', atMost: 0.05 }],
  rounds: 3,
}]
