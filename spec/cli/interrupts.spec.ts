import { EventEmitter } from 'node:events'
import { BlockingHost } from '../../lib/index.ts'
import { HANDLED, Interrupts, PRESSED } from '../../lib/cli/interrupts.ts'
import { recordExits } from './support/exits.ts'

/** The other thread: it is told what it is to share. */
class mockWorker extends EventEmitter {
  static last: mockWorker
  readonly cells: Int32Array

  constructor(_: string, { workerData }: { readonly workerData: Int32Array }) {
    super()
    this.cells = workerData
    mockWorker.last = this
  }

  unref(): void { /* it keeps nothing alive */ }
}
jest.mock('node:worker_threads', () => ({ get Worker() { return mockWorker } }))

const codes = recordExits()

function begun(): Promise<{ interrupts: Interrupts; press: () => void }> {
  const interrupts = new Interrupts()
  const begins = interrupts.begin()
  const { last } = mockWorker
  last.emit('message', 'it is there')
  return begins.then(() => ({ interrupts, press: () => { Atomics.add(last.cells, PRESSED, 1) } }))
}

describe('Ctrl-C while a program is recorded', () => {
  it('ends the process at the next event of the program', () => begun().then(({ interrupts, press }) => {
    interrupts.look()
    expect(codes).toEqual([])
    press()
    interrupts.look()
    expect(codes).toEqual([130])
  }))

  it('ends the process when the program waits', () => begun().then(({ press }) => {
    press()
    mockWorker.last.emit('message', null)
    expect(codes).toEqual([130])
  }))

  it('calls the handlers of a program that has some, once, when it waits', () => begun().then(({ interrupts, press }) => {
    const heard: string[] = []
    const handler = (): void => { heard.push('heard') }
    process.on('SIGINT', handler)
    expect(Atomics.load(mockWorker.last.cells, HANDLED)).toBe(1)
    try {
      press()
      interrupts.look()
      expect(heard).toEqual([])
      mockWorker.last.emit('message', null)
      interrupts.look()
    } finally {
      process.off('SIGINT', handler)
    }
    interrupts.look()
    expect([heard, codes]).toEqual([['heard'], []])
  }))

  it('ends a loop that blocks, which otherwise waits as long as it is to, or until it is woken', () => begun().then(({ interrupts, press }) => {
    const end = interrupts.watchLoops()
    try {
      const host = new BlockingHost()
      const waited = (ms: number | null): number => {
        const start = host.now()
        host.wait(ms)
        return host.now() - start
      }
      expect(waited(1)).toBeGreaterThanOrEqual(0.9)
      expect(waited(250)).toBeGreaterThanOrEqual(249)
      host.wake()
      expect(waited(null)).toBeLessThan(200)
      expect(codes).toEqual([])
      press()
      host.wake()
      host.wait(null)
      expect(codes).toEqual([130])
    } finally {
      end()
    }
    press()
    new BlockingHost().wait(1)
    expect(codes).toEqual([130])
  }))

  it('is left to Node where the thread cannot be made', () => {
    const begins = new Interrupts().begin()
    mockWorker.last.emit('error', new Error('no threads'))
    return begins
  })
})
