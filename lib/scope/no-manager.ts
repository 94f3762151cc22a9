import { adviceFor, isThenable } from '../base/advice.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { isCoroutine } from '../generator/coroutine.ts'
import { Frame } from '../generator/frame.ts'
import { nameOfGenerator } from '../generator/names.ts'
import { isFuture } from '../task/future.ts'

/** What to write for several managers. */
export const SEVERAL = 'For several managers, nest use(), or enter them one by one: stack.enterContext(manager), by an ExitStack'

/** The error for what is not a manager. It says what was probably meant. */
export function notAManager(value: unknown): Error {
  return new ArgumentError(`a context manager has the methods enter() and exit(), ${lacking(value)}`, 'NOT_A_MANAGER')
}

type Methods = Partial<Record<'enter' | 'exit' | '__enter__' | '__aenter__' | 'aclose' | 'iterate' | 'wait', unknown>>

/** Who lacks the methods of a manager, and what was probably meant. */
function lacking(value: unknown): string {
  if (typeof value === 'function' || isThenable(value)) return `which ${adviceFor(value, '…', ' does not have')}`
  const { enter, exit } = Object(value) as Methods
  if (typeof enter === 'function' || typeof exit === 'function') {
    const missing = typeof enter === 'function' ? 'exit' : 'enter'
    return `and ${describe(value)} has no ${missing}(). Write *${missing}() {...}`
  }
  const hint = hintFor(value)
  return `which ${describe(value)} does not have${hint === null ? '' : `. ${hint}`}`
}

function hintFor(value: unknown): string | null {
  if (typeof value === 'number') return `For a time limit write use(timeout(${value}), function* () {...})`
  if (value === true) return TAKES_ITSELF
  if (Array.isArray(value)) return SEVERAL
  if (isCoroutine(value)) return isAcquire(value) ? TAKES_ITSELF : GIVES_ONE
  if (isFuture(value)) return GIVES_ONE
  return typeof value === 'object' && value !== null ? hintForObject(value) : null
}

/** What `lock.acquire()` returns is `true`. */
const TAKES_ITSELF = 'If it comes from acquire(), write use(lock, function* () {...}): it takes the lock, and gives it back'
const GIVES_ONE = 'If it gives a manager in the end, write use(yield* f(), function* () {...})'

function isAcquire(coroutine: object): boolean {
  return (coroutine instanceof Frame ? coroutine.name : nameOfGenerator(coroutine)) === 'acquire'
}

function hintForObject(value: object): string | null {
  const methods = value as Methods
  if (typeof methods.__aenter__ === 'function' || typeof methods.__enter__ === 'function') return 'Call its methods *enter() and *exit()'
  if (typeof methods.aclose === 'function') return 'Write use(aclosing(generator), function* (generator) {...})'
  if (typeof methods.iterate === 'function') return 'A stream has no block. Write yield* forEach(source, function* (item) {...})'
  return typeof methods.wait === 'function' ? 'To wait for it, write yield* event.wait()' : null
}
