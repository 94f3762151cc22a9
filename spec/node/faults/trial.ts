import { type Coroutine, getRunningLoop, sleep } from '../../../lib/node/index.ts'
import { ask } from '../../../lib/node/net/ask.ts'
import { linkOf } from '../../../lib/node/services.ts'
import { attempt } from '../../support/attempt.ts'
import type { Fault, Ports } from './faults.ts'
import type { Open } from './more-makers.ts'

/** What is wrong with how a fault ended; nothing, if all is well. */
export interface Verdict {
  readonly name: string
  readonly outcome: string
  readonly complaints: readonly string[]
}

/** How long what was closed may take to be gone, in milliseconds. */
const SETTLED = 3_000
/** How long a fault may take: after that it hangs. */
const LONGEST = 15_000

function whatIsOpen(): Coroutine<Open> {
  const loop = getRunningLoop()
  return ask<Open>(loop, linkOf(loop, 'a spec'), 'what is open', {})
}

/** Let it go wrong, and see what is left. */
export function* trial(fault: Fault, ports: Ports): Coroutine<Verdict> {
  const loop = getRunningLoop()
  const complaints: string[] = []
  loop.setExceptionHandler((_, { message, exception }) => { complaints.push(`reported: ${message} ${String(exception)}`) })
  const before = yield* whatIsOpen()
  const users = usersOf(linkOf(loop, 'a spec'))
  const task = loop.createTask(attempt(() => fault.run(ports)))
  const watch = loop.callLater(LONGEST, () => {
    complaints.push('it hangs')
    task.cancel()
  })
  const outcome = String(yield* attempt(() => task)).split('\n')[0] ?? ''
  watch.cancel()
  if (!fault.expected.test(outcome)) complaints.push(`not what was expected: ${outcome}`)
  const end = loop.time() + SETTLED
  for (;;) {
    const after = yield* whatIsOpen()
    const left = difference(before, after)
    if (usersOf(linkOf(loop, 'a spec')) > users) left.push('users of resources')
    if (left.length === 0) break
    if (loop.time() > end) {
      complaints.push(`left: ${left.join(', ')}`)
      break
    }
    yield* sleep(10)
  }
  return { name: fault.name, outcome, complaints }
}

function usersOf(link: object): number { return (link as { users: Map<number, unknown> }).users.size }

/** Of what there is more than before. What comes and goes by itself does not count. */
function difference(before: Open, after: Open): string[] {
  const count = (list: readonly string[], name: string): number => list.filter(other => other === name).length
  const kinds = new Set(after.resources.filter(name => name !== 'Immediate' && name !== 'Timeout'))
  const more = Array.from(kinds).filter(name => count(after.resources, name) > count(before.resources, name))
  if (after.descriptors > before.descriptors) more.push(`${after.descriptors - before.descriptors} descriptors`)
  if (after.served > before.served) more.push(`${after.served - before.served} resources`)
  return more
}
