import { MAP_NAMES } from './map-concurrently.ts'
import { checkOptions } from '../base/options.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { ExceptionGroup } from '../base/exception-group.ts'
import { QueueShutDown } from '../base/sync-errors.ts'
import { CancelledError } from '../base/task-errors.ts'
import type { Coroutine } from '../generator/types.ts'
import { forEach } from '../iteration/for-each.ts'
import type { Stream, StreamIterator } from '../iteration/stream.ts'
import { Queue } from '../queue/queue.ts'
import { Semaphore } from '../sync/semaphore.ts'
import { createTask } from '../task/create-task.ts'
import type { Future } from '../task/future.ts'
import { nobody } from '../task/listeners.ts'
import { getRunningLoop } from '../task/loops.ts'
import { endAll, untilEnded } from './endings.ts'
import { checkedLimit } from './limit.ts'
import type { MapOptions } from './map-concurrently.ts'
import { type Mapper, type Worker, mapperOf } from './worker.ts'

/**
 * Make a stream of the results of a worker, which is called for each item of another stream: `yield* forEach(mapStream(urls, fetch,
 * { limit: 10 }), function* (page) {...})`. At most `limit` workers run at a time. Nothing begins until somebody asks for the first
 * result. A result that nobody has taken counts as a worker that runs. So an endless source gives only as many items as are needed.
 * @param source a stream. For anything that `for…of` accepts, write `mapConcurrently()`.
 * @param worker is called with an item and its index. Each call runs in a task of its own.
 * @returns a stream. It throws an ExceptionGroup when a worker or the source fails. All other workers are cancelled first, and have
 * ended. When the iterator of the stream is closed, the workers are cancelled, too. `forEach()` closes it.
 */
export function mapStream<T, R, E = never>(source: Stream<T>, worker: Worker<T, R>, options: MapOptions<T, E>): Stream<R | E> {
  if (typeof (source as Partial<Stream<T>> | null | undefined)?.iterate !== 'function') {
    throw new ArgumentError(`mapStream() takes a stream, which has a method iterate(), not ${describe(source)}` +
      (Symbol.iterator in (Object(source) as object) ? '. Write mapConcurrently(items, worker, { limit })' : ''), 'NOT_A_STREAM')
  }
  checkOptions(options, MAP_STREAM)
  const work: Mapper<T, R | E> = mapperOf('mapStream()', worker, options)
  const limit = checkedLimit('mapStream()', options.limit)
  return { iterate: () => new Mapping(source, work, limit, options.ordered ?? true) }
}

const MAP_STREAM = { call: 'mapStream(source, worker, { limit: 10 })', names: MAP_NAMES }
const END = { value: undefined, done: true } as const

/** The iterator of `mapStream()`. One task, the puller, asks the source for items, and begins a worker for each while there is room. */
class Mapping<T, R> implements StreamIterator<R> {
  private readonly slots: Semaphore
  /** The workers whose results come next: in the order of the items, or in the order in which they have ended. */
  private readonly arrived = new Queue<Future<R>>()
  /** The puller, and the workers whose results nobody has taken. */
  private readonly going = new Set<Future>()
  private index = 0
  private stage: 'new' | 'open' | 'over' = 'new'

  constructor(private readonly source: Stream<T>, private readonly work: Mapper<T, R>, limit: number, private readonly ordered: boolean) {
    this.slots = new Semaphore(limit)
  }

  *next(): Coroutine<IteratorResult<R>> {
    if (this.stage === 'new') {
      this.stage = 'open'
      this.going.add(createTask(this.pull(), { name: 'mapStream() asks for items' }))
    }
    if (this.stage === 'over') return END
    let future: Future<R> | null = null
    try {
      future = yield* this.arrived.get()
      const value = yield* future
      this.going.delete(future)
      this.slots.release()
      return { value, done: false }
    } catch (error) {
      if (error instanceof QueueShutDown && future === null) {
        this.stage = 'over'
        return END
      }
      if (!(error instanceof CancelledError) && future !== null) this.going.delete(future)
      return yield* this.fail(error)
    }
  }

  *close(): Coroutine<void> {
    const errors = yield* this.endAll()
    if (errors.length > 0) throw new ExceptionGroup(MESSAGE, errors)
  }

  private *fail(error: unknown): Coroutine<never> {
    const errors = yield* this.endAll()
    if (!(error instanceof CancelledError)) throw new ExceptionGroup(MESSAGE, [error, ...errors])
    for (const exception of errors) getRunningLoop().callExceptionHandler({ message: `${MESSAGE}, while it was cancelled`, exception })
    throw error
  }

  private *endAll(): Coroutine<unknown[]> {
    this.stage = 'over'
    this.arrived.shutdown(true)
    const going = Array.from(this.going)
    this.going.clear()
    return yield* endAll(going)
  }

  private *pull(): Coroutine<void> {
    const { slots, source, arrived } = this
    try {
      yield* slots.acquire()
      yield* forEach(source, item => this.begin(item))
      if (!this.ordered) yield* untilEnded(Array.from(this.going).slice(1)) // all except the puller itself
      arrived.shutdown()
    } catch (error) {
      if (error instanceof CancelledError) throw error
      const failure = getRunningLoop().createFuture<R>()
      failure.$fail(error)
      this.going.add(failure)
      arrived.putNowait(failure)
    }
  }

  private *begin(item: T): Coroutine<void> {
    const task = createTask(this.work(item, this.index++))
    this.going.add(task)
    if (this.ordered) this.arrived.putNowait(task)
    else task.$whenDone(() => { if (this.stage === 'open') this.arrived.putNowait(task) }, nobody)
    yield* this.slots.acquire()
  }
}

const MESSAGE = 'unhandled errors in mapStream()'
