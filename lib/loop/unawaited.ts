import { words } from '../base/describe.ts'
import { neverRan } from '../generator/coroutine.ts'
import type { Frame } from '../generator/frame.ts'
import { expectAwait, isExpected } from '../generator/made.ts'
import { stackOf } from './logical-stack.ts'

/** When there are more of them than this, it is worth while to look which have been awaited. */
const MANY = 10_000

/** How many lines of the library stand above the call, in the stack of the error that `note()` makes. */
const LINES_OF_OURS = 4

/** What was made in debug mode and may not have been awaited: a coroutine object, an operation of the library's own, or a context manager. */
export class Unawaited {
  private made: Made[] = []
  private limit = MANY

  /** @param words what to write, for an operation; `null` for a coroutine object, which has a name. */
  note(awaitable: object, words: string | null): void {
    if (this.made.length >= this.limit) {
      this.made = this.made.filter(isForgotten)
      this.limit = Math.max(MANY, 2 * this.made.length)
    }
    if (words !== null) expectAwait(awaitable)
    this.made.push({ awaitable, words, where: new Error() })
  }

  /** @returns those that were never awaited. They are forgotten here. */
  take(): Forgotten[] {
    const forgotten = this.made.filter(isForgotten)
    this.made = []
    this.limit = MANY
    return forgotten.map(({ awaitable, words, where }) => ({ awaitable, words, madeAt: stackOf(where, LINES_OF_OURS) }))
  }
}

interface Made {
  readonly awaitable: object
  readonly words: string | null
  readonly where: Error
}

/** What somebody has made, and forgotten to await. */
export interface Forgotten {
  readonly awaitable: object
  /** The call. */
  readonly words: string | null
  /** The lines that say where. */
  readonly madeAt: string
}

/** What was forgotten, and what to write instead. */
export function inWords({ awaitable, words: instead }: Forgotten): string {
  if (instead === null) return `coroutine '${(awaitable as Frame).name}' was never awaited`
  return `${instead.startsWith('use(') && 'enter' in awaitable ? `${words(awaitable)} was never entered` : `${instead} was never awaited`}. Write yield* ${instead}`
}

function isForgotten({ awaitable, words }: Made): boolean { return words === null ? neverRan(awaitable) : isExpected(awaitable) }
