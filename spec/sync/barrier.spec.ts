import { Barrier, BrokenBarrierError, CancelScope, type Coroutine, RuntimeError, type Task, createTask, gather, sleep, use,
  wait } from '../../lib/index.ts'
import { attempt, slip, story } from '../support/stories.ts'

const broken = 'BrokenBarrierError BROKEN_BARRIER: Abort or reset of barrier'
const aborted = 'BrokenBarrierError BROKEN_BARRIER: Barrier aborted'

describe('a Barrier', () => {
  it('says what happens to it, and how many wait', () => {
    expect(story(function* (log) {
      const barrier = new Barrier(3)
      const note = () => { log.push(`${String(barrier)} ${barrier.nWaiting} ${barrier.parties} ${barrier.broken}`) }
      note()
      const tasks = [createTask(barrier.wait()), createTask(barrier.wait())]
      yield
      note()
      tasks.push(createTask(barrier.wait()))
      yield
      note()
      yield* gather(tasks)
      note()
      tasks[0] = createTask(attempt(() => barrier.wait()) as Coroutine<number>)
      yield
      yield* barrier.reset()
      note()
      yield* tasks[0]
      yield* barrier.abort()
      note()
    })).toEqual([
      '<Barrier [filling, waiting:0/3]> 0 3 false', '<Barrier [filling, waiting:2/3]> 2 3 false',
      '<Barrier [draining, waiting:0/3]> 0 3 false', '<Barrier [filling, waiting:0/3]> 0 3 false',
      '<Barrier [resetting, waiting:0/3]> 0 3 false', '<Barrier [broken]> 0 3 true',
    ])
  })

  it('gives another number to each, also when somebody was cancelled (cpython 155233)', () => {
    expect(story(function* (log) {
      const barrier = new Barrier(4)
      const waits = function* (name: string): Coroutine<void> { log.push(`${name} gets ${yield* barrier.wait()}`) }
      const [a, ...others] = Array.from('abc', name => createTask(waits(name)))
      yield
      a?.cancel()
      yield* sleep(1)
      yield* gather([...others, waits('d'), waits('e')])
      yield* gather(Array.from('fghi', waits))
    })).toEqual([
      'e gets 3', 'c gets 2', 'b gets 1', 'd gets 0', 'i gets 3', 'f gets 0', 'g gets 1', 'h gets 2',
    ])
  })

  it('gives the least number that nobody has to who comes in the place of one that was cancelled', () => {
    expect(story(function* (log) {
      const barrier = new Barrier(4)
      const waits = function* (name: string): Coroutine<void> { log.push(`${name} gets ${yield* barrier.wait()}`) }
      const [a, b, c] = Array.from('abc', name => createTask(waits(name))) as [Task<void>, Task<void>, Task<void>]
      yield
      b.cancel()
      yield* sleep(1)
      yield* gather([a, c, waits('d'), waits('e')])
    })).toEqual(['e gets 3', 'c gets 2', 'a gets 0', 'd gets 1'])
  })

  it('is for a number of parties that is at least one', () => {
    const bad = (what: unknown) => slip(() => new Barrier(what as never))
    const words = (what: string) => `TypeError NOT_A_NUMBER: Barrier() takes a number, not ${what}`
    const none = 'ValueError NO_PARTIES: parties must be >= 1'
    expect([0, -1, NaN, '3', undefined, []].map(bad)).toEqual([none, none, words('NaN'), words("'3'"), words('undefined'),
      words('[0 items]')])
    expect(story(function* (log) {
      const barrier = new Barrier(1)
      log.push(yield* barrier.wait(), yield* barrier.wait())
    })).toEqual([0, 0])
  })

  it('lets so many go on together, each with a number of its own, round after round', () => {
    expect(story(function* (log) {
      const barrier = new Barrier(2)
      function* runner(name: string, ms: number): Coroutine<void> {
        for (let round = 1; round <= 3; round++) {
          yield* sleep(ms)
          log.push(`${name} arrives`)
          const place = yield* barrier.wait()
          log.push(`${name} goes on, ${place}`)
        }
      }
      yield* gather([runner('hare', 1), runner('tortoise', 5)])
    })).toEqual([
      'hare arrives', 'tortoise arrives', 'tortoise goes on, 1', 'hare goes on, 0',
      'hare arrives', 'tortoise arrives', 'tortoise goes on, 1', 'hare goes on, 0',
      'hare arrives', 'tortoise arrives', 'tortoise goes on, 1', 'hare goes on, 0',
    ])
  })

  it('lets those of the last round leave before any of the next come in', () => {
    expect(story(function* (log) {
      const barrier = new Barrier(2)
      function* one(name: string): Coroutine<void> {
        log.push(`${name} ${yield* barrier.wait()}`)
      }
      const tasks = ['a', 'b', 'c', 'd', 'e'].map(name => createTask(one(name)))
      yield* sleep(1)
      log.push(String(barrier))
      tasks[4]?.cancel()
      yield* wait(tasks)
    })).toEqual(['b 1', 'a 0', 'd 1', 'c 0', '<Barrier [filling, waiting:1/2]>'])
  })

  it('is entered by use(), which gives the number, and is not left', () => {
    expect(story(function* (log) {
      const barrier = new Barrier(2)
      const body = () => use(barrier, function* (place) { log.push(place) })
      yield* gather([body(), body()])
    })).toEqual([1, 0])
  })

  it('is reset: those that wait get an error, and it can be used again', () => {
    expect(story(function* (log) {
      const barrier = new Barrier(2)
      yield* barrier.reset() // of nobody
      const early = createTask(attempt(() => barrier.wait()))
      yield
      yield* barrier.reset()
      const late = createTask(barrier.wait()) // comes while the other is leaving
      yield* barrier.reset()
      log.push(yield* early, String(barrier))
      log.push(yield* barrier.wait(), yield* late)
    })).toEqual([broken, '<Barrier [filling, waiting:1/2]>', 1, 0])
  })

  it('keeps who comes right after a reset apart from those that it sent away', () => {
    expect(story(function* (log) {
      const barrier = new Barrier(2)
      const early = createTask(attempt(() => barrier.wait()))
      yield
      yield* barrier.reset()
      createTask(sleep(5)).addDoneCallback(() => { createTask(barrier.wait()) })
      log.push(yield* barrier.wait(), early.result())
    })).toEqual([0, broken])
  })

  it('is broken by abort(): those that wait, and all who come, get an error until it is reset', () => {
    expect(story(function* (log) {
      const barrier = new Barrier(3)
      const waiting = createTask(attempt(() => barrier.wait()))
      yield
      yield* barrier.abort()
      log.push(yield* attempt(() => barrier.wait()), yield* waiting, String(barrier))
      log.push(yield* attempt(() => use(barrier, function* () { log.push('never') })))
      yield* barrier.reset()
      log.push(String(barrier), yield* gather([barrier.wait(), barrier.wait(), barrier.wait()]))
    })).toEqual([aborted, broken, '<Barrier [broken]>', aborted, '<Barrier [filling, waiting:0/3]>', [0, 1, 2]])
  })

  it('breaks for those, too, that wait until the last round has left', () => {
    expect(story(function* (log) {
      const barrier = new Barrier(2)
      const tasks = [0, 1, 2].map(() => createTask(attempt(() => barrier.wait())))
      yield
      const abort = createTask(barrier.abort())
      log.push(yield* gather(tasks))
      yield* abort
      log.push(String(barrier))
    })).toEqual([[0, 1, aborted], '<Barrier [broken]>'])
  })

  it('is filled again from the beginning when those that wait are cancelled', () => {
    expect(story(function* (log) {
      const barrier = new Barrier(2)
      const scope = new CancelScope()
      const [a, b] = [createTask(barrier.wait()), createTask(use(scope, () => barrier.wait()))]
      a.cancel()
      yield
      log.push(String(barrier))
      scope.cancel()
      yield* wait([a, b])
      log.push(String(barrier), yield* gather([barrier.wait(), barrier.wait()]))
    })).toEqual(['<Barrier [filling, waiting:1/2]>', '<Barrier [filling, waiting:0/2]>', [0, 1]])
  })

  it('has an error of its own, which is a RuntimeError', () => {
    const error = new BrokenBarrierError()
    expect([error instanceof RuntimeError, String(error), error.code]).toEqual([true, 'BrokenBarrierError',
      'BROKEN_BARRIER'])
  })

  it('brings ten thousand together', () => {
    expect(story(function* (log) {
      const barrier = new Barrier(10_000)
      const numbers = yield* gather(Array.from({ length: barrier.parties }, () => barrier.wait()))
      log.push(new Set(numbers).size, String(barrier))
    })).toEqual([10_000, '<Barrier [filling, waiting:0/10000]>'])
  })
})

describe('half a party', () => {
  it('is none', () => {
    expect(slip(() => new Barrier(2.5))).toBe('TypeError NOT_WHOLE: Barrier() takes a whole number, not 2.5')
  })
})
