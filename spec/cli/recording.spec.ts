import { record } from '../../lib/cli/recording.ts'
import { type Coroutine, VirtualHost, createTask, gather, run, sleep } from '../../lib/index.ts'
import type { SourceTracer } from '../../lib/study/source-tracer.ts'

/** What stands in the file. Node's loader does not go through Jest, so the program is called and not loaded. */
let mockProgram: (tracer: SourceTracer) => void = () => {}
jest.mock('../../lib/cli/load.ts', () => ({
  load: (_: string, __: readonly string[], tracer: SourceTracer) => {
    mockProgram(tracer)
    setImmediate(() => process.emit('beforeExit', 0)) // nothing keeps Node alive
    return Promise.resolve()
  },
}))

const FILE = __filename
const lines: string[] = []
const { log, info } = console
beforeEach(() => {
  lines.length = 0
  console.log = console.info = (...values: unknown[]) => { lines.push(values.join(' ')) }
})
afterEach(() => { Object.assign(console, { log, info }) })

describe('record()', () => {
  it('lets the program print, and records what it prints', () => {
    mockProgram = () => {
      console.log('tea for %d', 2)
      console.info('hot')
    }
    const { log: before } = console
    return record(FILE).then(({ recorder, failed, tasks, file, source }) => {
      expect(lines).toEqual(['tea for %d 2', 'hot'])
      expect(recorder.events.map(({ kind, value }) => [kind, value])).toEqual([['output', "'tea for 2'"], ['output', "'hot'"]])
      expect([failed, tasks, file, source.includes('mockProgram')]).toEqual([false, null, FILE, true])
      expect(console.log).toBe(before)
    })
  })

  it('is silent when it is told to be, and keeps the last events when there is a limit', () => {
    mockProgram = () => { for (const n of [1, 2, 3]) console.log(n) }
    return record(FILE, { silent: true, limit: 2 }).then(({ recorder }) => {
      expect([lines, recorder.events.map(({ value }) => value), recorder.dropped]).toEqual([[], ["'2'", "'3'"], 1])
    })
  })

  it('says how the program failed, and records what it did until then', () => {
    const said: string[] = []
    const write = jest.spyOn(process.stderr, 'write').mockImplementation(text => said.push(String(text)) > 0)
    mockProgram = () => {
      console.log('begins')
      throw new RangeError('too far')
    }
    return record(FILE, { silent: true }).then(({ failed, recorder }) => {
      expect([failed, recorder.events.length, said.join('').split('\n')[0]]).toEqual([true, 1, 'RangeError: too far'])
      mockProgram = () => { throw { tea: 1 } }
      return record(FILE)
    }).then(() => {
      expect(said.at(-1)).toBe('Uncaught { tea: 1 }\n')
      write.mockRestore()
    })
  })

  it('gives what is recorded when the process ends before the program does, and tells of each event', () => {
    const ended: number[] = []
    let events = 0
    mockProgram = () => {
      console.log('begins')
      process.emit('exit', 0)
      console.log('afterwards')
    }
    return record(FILE, { silent: true, onEvent: () => { events++ }, onExit: ({ recorder }) => { ended.push(recorder.events.length) } }).then(() => {
      expect([ended, events]).toEqual([[1], 1])
      expect(lines).toEqual(['afterwards'])
    })
  })

  it('says so when the program waits at its top for what never comes', () => {
    const said: string[] = []
    const write = jest.spyOn(process.stderr, 'write').mockImplementation(text => said.push(String(text)) > 0)
    const { exitCode } = process
    mockProgram = () => { process.emit('beforeExit', 0) }
    return record(FILE).then(() => {
      expect([process.exitCode, said]).toEqual([13, ['Warning: Detected unsettled top-level await\n']])
      process.exitCode = exitCode
      write.mockRestore()
    })
  })

  describe('the tasks', () => {
    function* brew(ms: number): Coroutine<void> { yield* sleep(ms) }
    function* main(): Coroutine<void> {
      const coffee = createTask(brew(30), { name: 'coffee' })
      yield* sleep(5)
      yield* gather([coffee, createTask(brew(10), { name: 'tea' })])
    }
    const waits = () => { run(main(), { host: new VirtualHost() }) }

    it('are those of the time that is asked for', () => {
      mockProgram = waits
      return record(FILE, { at: 20 }).then(({ tasks }) => {
        expect(tasks?.time).toBe(20)
        expect(tasks?.tree.map(({ name, waitsFor, tasks: below }) => [name, waitsFor, below.map(({ name: own }) => own)])).toEqual([
          ['Task-1', '<Gathering pending>', ['coffee']],
        ])
      })
    })

    it('are those of the moment in which most of them wait, when no time is asked for', () => {
      mockProgram = waits
      return record(FILE).then(({ tasks }) => {
        expect([tasks?.time, tasks?.text.split('\n')]).toEqual([15, [
          '└── Task-1: main',
          '    ├── coffee: brew, waits for sleep(30)',
          '    └── tea: brew, waits for sleep(10)',
        ]])
      })
    })
  })
})
