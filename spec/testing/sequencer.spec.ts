import {
  type ContextManager, type Coroutine, createTask, gather, moveOnAfter, run, sleep, timeout, use,
} from '../../lib/index.ts'
import { Sequencer } from '../../lib/testing/index.ts'
import { attempt, story, virtual, words } from '../support/stories.ts'

describe('a Sequencer', () => {
  it('has the parts of several tasks done in the order of their numbers', () => {
    expect(story(function* main(log) {
      const sequencer = new Sequencer()
      function* part(...positions: number[]): Coroutine<void> {
        for (const position of positions) {
          yield* use(sequencer.at(position), function* () {
            log.push(`begins ${position}`)
            yield* sleep(5)
            log.push(`ends ${position}`)
          })
        }
      }
      yield* gather([part(2, 4), part(1, 3), part(0)])
    })).toEqual([0, 1, 2, 3, 4].flatMap(position => [`begins ${position}`, `ends ${position}`]))
  })

  it('lets the next one begin when the one before is over, however it ended', () => {
    expect(story(function* main(log) {
      const sequencer = new Sequencer()
      function* fails(): Coroutine<void> {
        yield* use(sequencer.at(0), function* () { throw new Error('part 0 failed') })
      }
      function* follows(): Coroutine<void> {
        yield* use(sequencer.at(1), function* () { log.push('part 1') })
      }
      const next = createTask(follows())
      log.push(yield* attempt(fails))
      yield* next
    })).toEqual([expect.stringMatching(/part 0 failed$/), 'part 1'])
  })

  it('takes each number once', () => {
    expect(story(function* main(log) {
      const sequencer = new Sequencer()
      const part = (position: number) => function* (): Coroutine<void> {
        yield* use(sequencer.at(position), function* () { log.push(position) })
      }
      yield* part(0)()
      log.push(yield* attempt(part(0)))
      yield* part(1)()
      const waiting = createTask(part(3)())
      yield* sleep(0)
      log.push(yield* attempt(part(3)))
      yield* part(2)()
      yield* waiting
    })).toEqual([
      0, 'RuntimeError SEQUENCE_POINT_REUSED: attempted to reuse sequence point 0', 1,
      'RuntimeError SEQUENCE_POINT_REUSED: attempted to reuse sequence point 3', 2, 3,
    ])
  })

  it.each([-1, 0.5, NaN, '1' as never])('has no position %p', position => {
    expect(() => new Sequencer().at(position)).toThrow(expect.objectContaining({ name: 'TypeError', code: 'NOT_A_POSITION' }))
  })

  it('is broken for all, now and later, when one is cancelled that waits for its turn', () => {
    expect(story(function* main(log) {
      const sequencer = new Sequencer()
      function* part(position: number): Coroutine<void> {
        try {
          yield* use(sequencer.at(position), function* () { log.push(position) })
        } catch (error) {
          log.push(`${position}: ${words(error)}`)
          const { cause } = error as { cause?: unknown }
          if (cause !== undefined) log.push(`${position}: ${words(cause)}`)
        }
      }
      yield* part(0)
      const waiting = [3, 2, 5].map(position => createTask(part(position)))
      yield* sleep(1)
      waiting[1]?.cancel('enough')
      yield* gather(waiting)
      yield* part(1)
      yield* part(6)
      log.push(waiting.map(task => task.cancelled()))
    })).toEqual([
      0,
      '2: RuntimeError SEQUENCE_BROKEN: Sequencer wait cancelled: sequence broken',
      '2: CancelledError CANCELLED: enough',
      '3: RuntimeError SEQUENCE_BROKEN: sequence broken!', '5: RuntimeError SEQUENCE_BROKEN: sequence broken!',
      '1: RuntimeError SEQUENCE_BROKEN: sequence broken!', '6: RuntimeError SEQUENCE_BROKEN: sequence broken!',
      [false, false, false],
    ])
  })

  it('is broken by a time limit and by a cancel scope, too', () => {
    function* main(): Coroutine<unknown> {
      const log: unknown[] = []
      for (const limit of [timeout(5), moveOnAfter(5)] as ContextManager<unknown>[]) {
        const sequencer = new Sequencer()
        const part = (position: number) => use(sequencer.at(position), function* () { log.push(position) })
        log.push(yield* attempt(() => use(limit, () => part(1))), yield* attempt(() => part(0)))
      }
      return log
    }
    const broken = 'RuntimeError SEQUENCE_BROKEN: '
    expect(run(main(), virtual())).toEqual([
      `${broken}Sequencer wait cancelled: sequence broken`, `${broken}sequence broken!`,
      `${broken}Sequencer wait cancelled: sequence broken`, `${broken}sequence broken!`,
    ])
  })

  it('is not broken by other errors that are thrown into one that waits', () => {
    expect(story(function* main(log) {
      const sequencer = new Sequencer()
      function* part(position: number): Coroutine<void> {
        yield* use(sequencer.at(position), function* () { log.push(position) })
      }
      const waiting = createTask(attempt(() => part(1)))
      yield* sleep(1)
      waiting.getGreenlet().resumeThrow(new Error('from outside'))
      log.push(yield* waiting)
      yield* part(0)
    })).toEqual([expect.stringMatching(/from outside$/), 0])
  })
})

it('a Sequencer tells whether it is broken', () => {
  expect(story(function* (log) {
    const sequencer = new Sequencer()
    log.push(String(sequencer))
    function* second(): Coroutine<void> { yield* use(sequencer.at(1), function* () { log.push('never') }) }
    const task = createTask(second())
    yield* sleep(1)
    task.cancel()
    yield* attempt(() => task)
    log.push(String(sequencer))
  })).toEqual(['<Sequencer taken=0>', '<Sequencer broken, taken=1>'])
})
