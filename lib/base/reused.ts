import { RuntimeError } from './errors.ts'

/** The error about a coroutine, or another request, that has ended, and is awaited again. @param advice what to write instead. */
export function alreadyAwaited(what = 'coroutine', advice = 'Call the function* again'): RuntimeError {
  return new RuntimeError(`cannot reuse already awaited ${what}. ${advice}`, { code: 'COROUTINE_REUSED' })
}

/** The error about a coroutine that somebody else waits in. */
export function beingAwaited(): RuntimeError {
  return new RuntimeError('coroutine is being awaited already. Make it a task, const task = createTask(f()), and write yield* task in both places',
    { code: 'COROUTINE_REUSED' })
}
