/**
 * A long campaign: everything that can go wrong, in all ways to run, and again and again. Each line that waits gets a named
 * error, nothing hangs, and nothing is left open.
 *
 *     npm run campaign:faults -- [--count N] [--seed K] [--way blocking|attached|'by epoll'] [--only WORD] [--step N]
 *
 * First comes every fault once, and then so many chosen at random.
 */
import { parseArgs } from 'node:util'
import { certificate } from '../../support/certificates.ts'
import { allFaults } from './faults.ts'
import { type Session, withPeers } from './session.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' }, way: { type: 'string' }, only: { type: 'string', default: '' },
    step: { type: 'string', default: '3' },
  },
})
const moments = [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 100].map(turns => ({ turns, ms: 0 })).concat([1, 2, 3, 5, 10, 20, 40].map(ms => ({ turns: 0, ms })))
const faults = allFaults(certificate(), { step: Number(values.step), moments }).filter(({ name }) => name.includes(values.only))

/** Numbers by chance, the same for the same seed. */
function* chances(seed: number): Generator<number> {
  for (let state = seed; ;) yield (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

let tried = 0
let failed = 0
const outcomes = new Map<string, number>()

function campaign({ way, live, ports }: Session): Promise<void> {
  const random = chances(Number(values.seed))
  const chosen = Array.from({ length: Number(values.count) }, () => faults[Math.floor((random.next().value as number) * faults.length)] as (typeof faults)[number])
  return [...faults, ...chosen].reduce((before, fault) => before.then(() => live(fault, ports)).then(({ name, outcome, complaints }) => {
    tried++
    const kind = (/^\w+Error|^gaierror/.exec(outcome))?.[0] ?? 'a result'
    outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1)
    if (complaints.length === 0) return
    failed++
    console.log(`${way}, ${name}: ${complaints.join('; ')}`)
  }), Promise.resolve())
}

void withPeers(values.way, campaign).then(() => {
  console.log(`${tried} faults, ${failed} of which went wrong. What came: ${Array.from(outcomes, ([kind, count]) => `${kind} ${count}`).join(', ')}`)
  process.exit(failed === 0 ? 0 : 1)
}, (error: unknown) => {
  console.error(error)
  process.exit(1)
})
