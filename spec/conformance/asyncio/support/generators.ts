/** Asynchronous generators that several programs use; the twin of `generators.py`. */
import { asyncGenerator, emit, sleep } from '../../../../lib/index.ts'
import type { Log } from '../../programs.ts'
import { now } from './witness.ts'

/** Gives 0, 1, 2… up to `n`, each after a pause. */
export const numbers = asyncGenerator(function* (n: number, pause?: number) {
  for (let i = 0; i < n; i++) {
    if (pause !== undefined) yield* sleep(pause)
    yield* emit(i)
  }
})

/** Gives 0, 1, 2…, and logs when it is left, and the error that it is left with. */
export const guarded = asyncGenerator(function* (log: Log, name?: string, pause?: number) {
  try {
    for (let i = 0; ; i++) yield* emit(i)
  } catch (error) {
    if (pause !== undefined) yield* sleep(pause)
    log(name ?? 'generator', 'leaves at', now(), 'with', error)
    throw error
  }
})
