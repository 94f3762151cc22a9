import { type Coroutine, type ExceptionGroup, Queue, TaskGroup, VirtualHost, createTask, run, sleep, use } from '../../lib/index.ts'

/** The error that leaves `main`. */
function thrown(main: () => Coroutine<unknown>): Error {
  try {
    run(main(), { host: new VirtualHost() })
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

const LOST_OBJECT = 'Was a method taken from its object, as put is by const { put } = queue? Write queue.put(…)'
const NOT_A_COROUTINE = 'yield* takes a coroutine, a future or a request. Does the method exist, and does it wait? ' +
  'task.cancel() and queue.putNowait() do not: call them without yield*. A promise goes into yield* fromPromise(promise), of yieldfrom/promise'
const PERHAPS_BEHIND_YIELD = 'If it stands behind yield*: call the function, as in yield* f(); a promise goes into yield* fromPromise(promise), of yieldfrom/promise'

describe('an error of the engine that leaves a task', () => {
  it('gets a second sentence when a method has lost its object', () => {
    const error = thrown(function* () {
      // eslint-disable-next-line @typescript-eslint/unbound-method -- this is the slip
      const { put } = new Queue<number>()
      yield* put(1)
    })
    expect([error.name, error.message]).toEqual(['TypeError', `Cannot read properties of undefined (reading '$$put'). ${LOST_OBJECT}`])
    expect(error.stack?.split('\n')[0]).toBe(`TypeError: ${error.message}`)
  })

  it('gets a second sentence when yield* gets what a method does not return', () => {
    const queue = new Queue<number>() as Queue<number> & { push(item: number): Coroutine<void> }
    const error = thrown(function* () { yield* queue.push(1) })
    expect([error.name, error.message]).toEqual(['TypeError', `yield* (intermediate value) is not iterable. ${NOT_A_COROUTINE}`])
  })

  it('gets a second sentence when a variable behind yield* holds no coroutine, and the stack is changed if it is a text', () => {
    const given: unknown[] = [sleep, undefined, 10, {}]
    expect(given.map(value => thrown(function* () { yield* value as Coroutine<void> }).message.split('. ')[1])).toEqual(given.map(() => PERHAPS_BEHIND_YIELD))
    const error = thrown(function* () { throw Object.assign(new TypeError('5 is not iterable'), { stack: undefined }) })
    expect([error.message, error.stack]).toEqual([`5 is not iterable. ${PERHAPS_BEHIND_YIELD}`, undefined])
  })

  it('gets it before a group puts it into an ExceptionGroup', () => {
    const queue = new Queue<number>() as Queue<number> & { push(item: number): Coroutine<void> }
    const error = thrown(function* () { yield* use(new TaskGroup(), function* () { yield* queue.push(1) }) }) as ExceptionGroup
    expect(error.errors.map(inside => (inside as Error).message)).toEqual([`yield* (intermediate value) is not iterable. ${NOT_A_COROUTINE}`])
  })

  it('gets it once, however many tasks it leaves', () => {
    const queue = new Queue<number>() as Queue<number> & { push(item: number): Coroutine<void> }
    const error = thrown(function* () { yield* createTask((function* () { yield* queue.push(1) })()) })
    expect(error.message).toBe(`yield* (intermediate value) is not iterable. ${NOT_A_COROUTINE}`)
  })

  it('stays as it is when it speaks of something of the program, has a code, or is frozen', () => {
    const slips: (() => unknown)[] = [
      () => (undefined as unknown as { price: number }).price,
      () => { throw Object.assign(new TypeError('yield* it is not iterable'), { code: 'MINE' }) },
      () => { throw Object.freeze(new TypeError('yield* it is not iterable')) },
      () => { throw Object.assign(new TypeError(), { message: 5 }) },
      () => { throw Object.defineProperty(new TypeError('yield* it is not iterable'), 'stack', { get: () => { throw new Error('no stack') } }) },
    ]
    expect(slips.map(slip => thrown(function* () {
      yield* sleep(1)
      slip()
    }).message)).toEqual([
      'Cannot read properties of undefined (reading \'price\')',
      'yield* it is not iterable',
      'yield* it is not iterable',
      5,
      'yield* it is not iterable',
    ])
  })
})
