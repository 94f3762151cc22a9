// A race that hides in the usual order of tasks, the seed that shows it, and the same again
// No Python twin: asyncio has one order only, and nothing that would try others.
import { gather, sleep } from 'yieldfrom'
import { explore } from 'yieldfrom/testing'

function* login(session: Map<string, string>) {
  yield* sleep(1000)
  session.set('user', 'Ann')
}

function* greet(session: Map<string, string>) {
  yield* sleep(1000)
  if (!session.has('user')) throw new Error('nobody has logged in')
}

function* main() {
  const session = new Map<string, string>()
  yield* gather([login(session), greet(session)])
}

const { runs, failure } = explore(main, { seeds: 100 })
if (failure === null) throw new Error('no run has failed')
console.log('run', runs, 'failed, with seed', failure.seed)
console.log(String(failure.error))

const again = explore(main, { seeds: [failure.seed] })
console.log(String(again.failure?.error))
