import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { ExceptionGroup } from '../base/exception-group.ts'
import { made } from '../generator/made.ts'
import type { Awaitable, Coroutine, Yielded } from '../generator/types.ts'
import { cancelFor } from '../task/circle.ts'
import { ensureFuture } from '../task/create-task.ts'
import { currentTask } from '../task/current-task.ts'
import type { Future } from '../task/future.ts'
import type { Listener } from '../task/listeners.ts'
import { endAll } from './endings.ts'
import type { Results } from './gather.ts'
import { isSeveral } from './several.ts'
import { FIRST_COMPLETED, FIRST_EXCEPTION, type WaitOptions, wait } from './wait.ts'

/**
 * Wait for the first of several awaitables that ends: `const winner = yield* race([waitEvent(button, 'click'), sleep(1000)])`. The
 * others are cancelled at the same moment, and have ended when this ends, also when the waiter is cancelled. That holds for tasks and
 * futures, too. So `race([a.get(), b.get()])` takes one item, though both queues have one. One that should continue is given as `shield(task)`.
 * @returns the result of the first.
 * @throws the error of the first, or of another one that fails while it is cancelled; an ExceptionGroup when there are several;
 * TypeError when it is not an array of awaitables.
 */
export function race<const A extends readonly Awaitable<unknown>[]>(awaitables: A): Coroutine<Yielded<A[number]>> {
  checkedList('race', awaitables)
  return made(racing(awaitables), 'race([…])', arguments.length - 1)
}

function* racing<A extends readonly Awaitable<unknown>[]>(awaitables: A): Coroutine<Yielded<A[number]>> {
  const { first } = yield* untilFirst(awaitables, FIRST_COMPLETED)
  return first.result() as Yielded<A[number]>
}

/**
 * Wait for all awaitables: `const [a, b] = yield* all([f(), g()])`. At the first error the others are cancelled, and the error is
 * thrown when they have ended. It is the same when the waiter is cancelled. Tasks and futures are cancelled, too. One that should
 * continue is given as `shield(task)`. With `gather()` the others keep running.
 * @returns the results, by position.
 * @throws the error; an ExceptionGroup, when others fail while they are cancelled; TypeError when it is not an array of awaitables.
 */
export function all<const A extends readonly Awaitable<unknown>[]>(awaitables: A): Coroutine<Results<A>> {
  checkedList('all', awaitables)
  return made(allOf(awaitables), 'all([…])', arguments.length - 1)
}

function* allOf<A extends readonly Awaitable<unknown>[]>(awaitables: A): Coroutine<Results<A>> {
  if (awaitables.length === 0) return [] as unknown as Results<A>
  const { futures } = yield* untilFirst(awaitables, FIRST_EXCEPTION)
  return futures.map(future => future.result()) as Results<A>
}

/** The futures of a race, when it is over. */
interface Outcomes {
  readonly futures: readonly Future[]
  /** The first that has ended. */
  readonly first: Future
}

/** Wait for the first end, or for the first error. Then end all the others. @throws what has failed. */
function* untilFirst(awaitables: readonly Awaitable<unknown>[], returnWhen: WaitOptions['returnWhen'] & string): Coroutine<Outcomes> {
  const futures: Future[] = []
  const rest = new Rest(futures, returnWhen === FIRST_EXCEPTION)
  try {
    for (const awaitable of awaitables) futures.push(ensureFuture(awaitable))
    rest.watch()
    yield* wait(futures, { returnWhen })
    return { futures, first: rest.first as Future }
  } finally {
    rest.isOver = true
    yield* end(new Set(rest.first === null ? futures : [rest.first, ...futures]), rest.asked)
  }
}

/**
 * The others are asked to end in the moment in which the first ends, and not when the waiter hears of it. So one that has not begun never
 * begins, and `race([a.get(), b.get()])` takes one item, not two.
 */
class Rest implements Listener {
  /** Who was asked to end. */
  readonly asked = new Set<Future>()
  first: Future | null = null
  /** From now on, others ask them to end. */
  isOver = false
  private readonly waiter = currentTask()

  constructor(private readonly futures: readonly Future[], private readonly onlyAfterError: boolean) {}

  get $awaiter(): null { return null }

  watch(): void {
    for (const future of this.futures) {
      if (future.$ended) this.$settled(future)
      else future.$listen(this)
    }
  }

  $settled(future: Future): void {
    if (this.isOver || (this.onlyAfterError && (!future.$hasError || future.$isCancelled))) return
    this.first = future
    this.isOver = true
    for (const other of this.futures) if (!other.$ended) this.asked.add(other)
    cancelFor(this.waiter, () => { for (const other of this.asked) other.cancel() })
  }
}

/** Cancel what is not done, and wait for its end. @throws what has failed, the first error first. */
function* end(futures: ReadonlySet<Future>, asked: ReadonlySet<Future>): Coroutine<void> {
  const others = Array.from(futures).filter(future => !future.$ended)
  const failed = Array.from(futures).filter(future => future.$hasError && !future.$isCancelled)
  const errors = failed.map(future => future.$takeError())
  try {
    errors.push(...yield* endAll(others, asked))
  } finally {
    throwAll(errors)
  }
}

function throwAll(errors: unknown[]): void {
  if (errors.length === 1) throw errors[0]
  if (errors.length > 1) throw new ExceptionGroup('several have failed', errors)
}

function checkedList(name: string, awaitables: unknown): void {
  if (Array.isArray(awaitables) && (name === 'all' || awaitables.length > 0)) return
  throw new ArgumentError(`${name}() takes an array of what can be awaited, not ${describe(awaitables)}. Write ${name}([${!Array.isArray(awaitables) && isSeveral(awaitables) ? '...items' : 'f(), g()'}])`, 'NOT_AN_ARRAY')
}
