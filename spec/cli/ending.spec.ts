import type { Recording, RecordingOptions } from '../../lib/cli/recording.ts'
import { study } from '../../lib/cli/study.ts'
import { endQuietly, isUnread, print } from '../../lib/cli/terminal.ts'
import { recordExits } from './support/exits.ts'

const recording = { failed: false } as Recording
/** What the program does while it is recorded. */
let mockProgram: (options: RecordingOptions) => void = () => {}
jest.mock('../../lib/cli/recording.ts', () => ({
  record: (_: string, options: RecordingOptions) => {
    mockProgram(options)
    return Promise.resolve(recording)
  },
}))
jest.mock('../../lib/cli/interrupts.ts', () => ({ Interrupts: class { begin(): Promise<void> { return Promise.resolve() } look(): void { /* nobody presses */ } watchLoops(): void { /* no loop runs */ } } }))

const codes = recordExits()

/** Let the standard output be one that nobody reads. */
function unread(code: string, body: () => void): void {
  Object.defineProperty(process.stdout, 'errored', { value: { code }, configurable: true })
  try {
    body()
  } finally {
    Reflect.deleteProperty(process.stdout, 'errored')
  }
}

describe('a program that is studied', () => {
  it('is shown at its end, and when it ends suddenly', () => {
    const shown: Recording[] = []
    mockProgram = ({ onEvent, onExit }) => {
      onEvent?.()
      onExit?.(recording)
    }
    return study('tea.ts', {}, each => { shown.push(each) }).then(ended => {
      expect([ended, shown, codes]).toEqual([recording, [recording, recording], []])
    })
  })

  it('that cannot be shown when it ends suddenly says so', () => {
    const said: unknown[] = []
    const write = jest.spyOn(process.stderr, 'write').mockImplementation(text => said.push(text) > 0)
    const { exitCode } = process
    const thrown = [new Error('no such folder'), 'no tea']
    mockProgram = ({ onExit }) => {
      onExit?.(recording)
      onExit?.(recording)
    }
    return study('tea.ts', {}, () => {
      const error = thrown.shift()
      if (error !== undefined) throw error
    }).then(() => {
      expect([said, process.exitCode]).toEqual([['yieldfrom: no such folder\n', 'yieldfrom: no tea\n'], 2])
      process.exitCode = exitCode
      write.mockRestore()
    })
  })

  it('ends at its next event when nobody reads what it prints', () => {
    mockProgram = ({ onEvent }) => {
      unread('ENOSPC', () => onEvent?.())
      expect([codes, isUnread()]).toEqual([[], false])
      unread('EPIPE', () => onEvent?.())
    }
    return study('tea.ts', {}, () => { /* nothing */ }).then(() => { expect(codes).toEqual([undefined]) })
  })
})

it('when nobody reads any more, the command ends without a word, and prints nothing', () => {
  const written: unknown[] = []
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(text => written.push(text) > 0)
  const before = process.stdout.listeners('error')
  endQuietly()
  try {
    const fail = (code: string) => () => process.stdout.emit('error', Object.assign(new Error(code), { code }))
    expect(fail('ENOSPC')).toThrow('ENOSPC')
    print('tea')
    fail('EPIPE')()
    print('coffee')
    expect([written, codes]).toEqual([['tea'], [undefined]])
  } finally {
    for (const stream of [process.stdout, process.stderr]) for (const listener of stream.listeners('error')) if (!before.includes(listener)) stream.off('error', listener as () => void)
    write.mockRestore()
  }
})
