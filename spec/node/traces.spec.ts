import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Coroutine, Protocol, type Transport, gather, getRunningLoop, sleep } from '../../lib/node/index.ts'
import { findPython, python313 } from '../support/pythons.ts'
import { ways } from '../support/ways.ts'

type Step = readonly [who: 'client' | 'server', action: string, argument?: never]
interface Played { readonly client: readonly string[]; readonly server: readonly string[] }

const read = (name: string): unknown => JSON.parse(readFileSync(join(__dirname, 'traces', name), 'utf8'))
const scenarios = read('scenarios.json') as Record<string, Step[]>
const recorded = read('recorded.json') as Record<string, Played>

/** When nothing more is told in so many rounds of so many milliseconds, it is quiet. */
const ROUNDS = 6
const ROUND = 100
/** A round that took longer does not count: the processor was busy, and what was to come may be on its way. */
const LATE = 150
/** So many rounds are waited for at most. */
const MOST = 200
const MUCH = 16 * 2 ** 20

/** Notes what it is told, in Python's names; bytes that come in pieces count once. */
class Noting extends Protocol {
  readonly log: string[] = []
  transport!: Transport
  keepsOpen = false

  override connectionMade(transport: Transport): void {
    this.transport = transport
    this.log.push('connection_made')
  }

  override dataReceived(): void { if (this.log.at(-1) !== 'data_received') this.log.push('data_received') }

  override eofReceived(): boolean {
    this.log.push('eof_received')
    return this.keepsOpen
  }

  override connectionLost(error: Error | null): void { this.log.push(error === null ? 'connection_lost' : `connection_lost: ${error.name}`) }

  override pauseWriting(): void { this.log.push('pause_writing') }

  override resumeWriting(): void { this.log.push('resume_writing') }

  act(action: string, argument: never): void {
    const { transport } = this
    switch (action) {
      case 'write': transport.write(argument); break
      case 'much': transport.write(Buffer.alloc(MUCH)); break
      case 'eof': transport.writeEof(); break
      case 'close': transport.close(); break
      case 'abort': transport.abort(); break
      case 'pause': transport.pauseReading(); break
      case 'resume': transport.resumeReading(); break
      case 'keep open': this.keepsOpen = true
    }
  }
}

function* settle(...sides: readonly Noting[]): Coroutine<void> {
  const count = (): number => sides.reduce((sum, { log }) => sum + log.length, 0)
  let quiet = 0
  for (let i = 0; i < MOST && quiet < ROUNDS; i++) {
    const [told, start] = [count(), performance.now()]
    yield* sleep(ROUND)
    if (count() !== told) quiet = 0
    else if (performance.now() - start < LATE) quiet++
  }
}

function* play(steps: readonly Step[]): Coroutine<Played> {
  const loop = getRunningLoop()
  const there = new Noting()
  const server = yield* loop.createServer(() => there, '127.0.0.1', 0)
  const [, here] = yield* loop.createConnection(() => new Noting(), '127.0.0.1', (server.sockets[0] as [string, number])[1])
  yield* settle(here, there)
  for (const [who, action, argument] of steps) {
    (who === 'client' ? here : there).act(action, argument as never)
    yield* settle(here, there)
  }
  server.close()
  return { client: here.log, server: there.log }
}

describe('what protocols are told over real sockets', () => {
  const python = findPython(python313)
  if (python === undefined) console.warn(`skipped: to record it anew needs ${python313.needs}`)
  const withPython = python === undefined ? it.skip : it

  withPython('is recorded as CPython does it', () => {
    const now = execFileSync(python ?? '', [join(__dirname, 'traces/record.py'), join(__dirname, 'traces/scenarios.json')], { encoding: 'utf8' })
    expect(JSON.parse(now)).toEqual(recorded)
  })

  it.each(ways())('is told in the same order here, $way', ({ live }) => live(function* () {
    const names = Object.keys(scenarios)
    const played = yield* gather(names.map(name => play(scenarios[name] as Step[])))
    return Object.fromEntries(names.map((name, i) => [name, played[i]]))
  }).then(played => { expect(played).toEqual(recorded) }))
})
