import {
  type Coroutine, FIRST_COMPLETED, type Future, type Task, type Timeout, asCompleted, createTask, gather, shield, sleep,
  timeout, timeoutAt, use, wait, waitFor,
} from 'yieldfrom'
import { typeOf } from './type-of.ts'

function* brew(): Coroutine<string> { return 'tea' }
declare const count: Future<number>
declare const task: Task<boolean>

/** `gather()` is typed by position, whatever is in its list. */
export function* gathering(many: Task<string>[], some: readonly [Task<1>, ...Future<2>[]]): Coroutine<void> {
  typeOf(gather([brew(), count])).is<Future<[string, number]>>(true)
  typeOf(yield* gather([brew(), task, sleep(1), sleep(1, 'x')])).is<[string, boolean, void, string]>(true)
  typeOf(yield* gather([])).is<[]>(true)
  typeOf(yield* gather([gather([brew()]), count])).is<[[string], number]>(true)
  typeOf(yield* gather(many)).is<string[]>(true)
  typeOf(yield* gather(some)).is<[1, ...2[]]>(true)
  typeOf(yield* gather([brew(), ...many])).is<[string, ...string[]]>(true)
  const [order, number] = yield* gather([brew(), count])
  typeOf(order).is<string>(true)
  typeOf(number).is<number>(true)
  // @ts-expect-error: there are two
  const [, , third] = yield* gather([brew(), count])
  typeOf(third).is<undefined>(true)

  typeOf(yield* gather([brew(), count], { returnExceptions: false })).is<[string, number]>(true)
  typeOf(yield* gather([brew(), count], {})).is<[string, number]>(true)
  typeOf(yield* gather([brew(), count], { returnExceptions: true })).is<[string | Error, number | Error]>(true)
  typeOf(yield* gather(many, { returnExceptions: true })).is<(string | Error)[]>(true)
  typeOf(yield* gather([brew()], { returnExceptions: many.length > 5 })).is<[string | Error]>(true)
}
// @ts-expect-error: a list is wanted
gather(brew(), count)
// @ts-expect-error: a function is called first
gather([brew])
// @ts-expect-error: a number cannot be awaited
gather([count, 5])
// @ts-expect-error: an option that does not exist
gather([count], { returnErrors: true })

/** `wait()` gives two sets of what it was given. */
export function* waiting(tasks: Task<string>[]): Coroutine<void> {
  const [done, pending] = yield* wait(tasks, { timeout: 5, returnWhen: FIRST_COMPLETED })
  typeOf(done).is<Set<Task<string>>>(true)
  typeOf(pending).is<Set<Task<string>>>(true)
  for (const one of done) typeOf(one.result()).is<string>(true)
  const [mixed] = yield* wait(new Set([count, task]), { timeout: null })
  for (const one of mixed) typeOf(one.result()).is<number | boolean>(true)
}
// @ts-expect-error: coroutines are made tasks first
wait([brew()])
// @ts-expect-error: several are wanted
wait(task)
// @ts-expect-error: a condition that does not exist
wait([task], { returnWhen: 'ANY' })

/** What waits for one gives what that gives. */
export function* one(either: Task<string> | Task<number>): Coroutine<void> {
  typeOf(yield* waitFor(brew(), 5)).is<string>(true)
  typeOf(yield* waitFor(count, null)).is<number>(true)
  typeOf(yield* waitFor(gather([brew(), count]), 5)).is<[string, number]>(true)
  typeOf(shield(brew())).is<Future<string>>(true)
  typeOf(yield* shield(task)).is<boolean>(true)
  typeOf(yield* either).is<string | number>(true)
  for (const next of asCompleted([brew(), count], { timeout: 5 })) typeOf(yield* next).is<string | number>(true)
  for (const next of asCompleted(new Set([task]))) {
    typeOf(next).is<Coroutine<boolean>>(true)
    // @ts-expect-error: Did you mean yield* next?
    yield next
  }
}
// @ts-expect-error: for how long?
waitFor(brew())
// @ts-expect-error: what for?
shield()
// @ts-expect-error: several are wanted
asCompleted(task)

/** `use()` gives the body what the manager gives, and gives back what the body gives. */
export function* using(): Coroutine<void> {
  const result = yield* use(timeout(5), function* (limit) {
    typeOf(limit).is<Timeout>(true)
    typeOf(limit.when()).is<number | null>(true)
    limit.reschedule(null)
    return yield* brew()
  })
  typeOf(result).is<string>(true)
  yield* use(timeoutAt(null), function* () { yield })
  // @ts-expect-error: a body is a generator function
  yield* use(timeout(5), () => 5)
  // @ts-expect-error: a manager has enter() and exit()
  yield* use({ enter: brew }, function* () { yield })
  const own = {
    *enter() { return yield* createTask(brew()) },
    *exit(error?: unknown): Coroutine<boolean> { return error === undefined },
  }
  typeOf(yield* use(own, function* (order) {
    typeOf(order).is<string>(true)
    return order.length
  })).is<number | undefined>(true)
}
