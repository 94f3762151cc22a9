import { EventEmitter } from 'node:events'
import { Interrupts, PRESSED } from '../../lib/cli/interrupts.ts'

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

const exit: unknown = Reflect.get(process, 'exit')
const codes: unknown[] = []
beforeEach(() => {
  codes.length = 0
  process.exit = code => { codes.push(code); return undefined as never }
})
afterEach(() => { Object.assign(process, { exit }) })

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

  it('is left to Node where the thread cannot be made', () => {
    const begins = new Interrupts().begin()
    mockWorker.last.emit('error', new Error('no threads'))
    return begins
  })
})
