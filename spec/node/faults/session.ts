import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Coroutine } from '../../../lib/node/index.ts'
import { type Way, provided } from '../../support/ways.ts'
import { Program } from '../../support/programs.ts'
import { type Fault, type Ports, manners } from './faults.ts'
import './more-makers.ts'
import { type Verdict, trial } from './trial.ts'

/** A way to run, and who behaves badly meanwhile. */
export interface Session {
  readonly way: string
  readonly ports: Ports
  readonly live: (fault: Fault, ports: Ports) => Promise<Verdict>
}

/** Both ways, or one, with the process of those who behave badly; it is ended afterwards. */
export function withPeers(only: string | undefined, what: (session: Session) => Promise<void>): Promise<void> {
  const ways = provided(join(__dirname, 'io-thread.ts')).filter(({ way }) => only === undefined || way === only)
  const running = Program.of(join(__dirname, 'peers.ts')).start(written(manners))
  return running.printed(']').then(() => {
    const numbers = JSON.parse(running.stdout) as number[]
    const places = new Map(manners.map((manner, n) => [manner, numbers[n] as number]))
    const ports: Ports = { of: manner => places.get(manner) as number, office: numbers[manners.length] as number }
    const sessions = ways.map(({ way, live }: Way): Session => ({ way, ports, live: (fault, of) => live(() => twice(fault, of)) }))
    return sessions.reduce((before, session) => before.then(() => what(session)), Promise.resolve())
  }).finally(() => { running.process.kill() })
}

/** What is opened once, and kept for the next time, is not left over: what is left counts when it is left again. */
function* twice(fault: Fault, ports: Ports): Coroutine<Verdict> {
  const first = yield* trial(fault, ports)
  return first.complaints.some(complaint => complaint.startsWith('left')) ? yield* trial(fault, ports) : first
}

/** A file with this in it. */
function written(data: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), 'manners-')), 'manners.json')
  writeFileSync(file, JSON.stringify(data))
  return file
}
