import { isError } from '../base/throwable.ts'
import { Frame, SEND, Stack, THROW, drive, trail } from '../generator/frames.ts'
import { registers } from '../generator/trap.ts'

/** The message, `whereMade()` and `new Task()`. */
const LINES_OF_OURS = 3
/** More frames than these are counted, not named. */
const SHOWN = 20

/**
 * An error has left a task. Its `stack` tells how JavaScript came there, which is: by our trampoline. Instead, it is to
 * tell how the program came there: the frames that delegate to each other, and the task.
 * @param made where the task was made, if that is known.
 */
export function showLogicalStack(error: unknown, task: string, made: string): void {
  const frames = trail.error === error ? trail.frames : []
  trail.error = undefined
  trail.frames = []
  if (!isError(error) || typeof error.stack !== 'string') return
  const above = aboveTrampoline(error.stack)
  const shown = above === error.stack ? 0 : 1 // by the engine: the frame that threw
  const names = frames.slice(shown, SHOWN).map(frame => frame.name)
  if (frames.length > SHOWN) names.push(`${frames.length - SHOWN} more`)
  const lines = [above, ...names.map(name => `    at ${name} (<waiting>)`), `    at ${task} (<task>)${made}`]
  try {
    error.stack = lines.join('\n')
  } catch {
    // It is frozen, and stays as it is.
  }
}

/** The lines of the stack where the program makes a task, for later. */
export function whereMade(): string {
  const lines = aboveTrampoline(new Error().stack ?? '').split('\n')
  return [', made', ...lines.slice(LINES_OF_OURS)].join('\n')
}

/** The part of a stack that comes before the trampoline. */
function aboveTrampoline(stack: string): string {
  const lines = stack.split('\n')
  marks ??= [markOf(SEND), markOf(THROW)]
  const end = lines.findIndex(line => marks?.includes(line))
  return end < 0 ? stack : lines.slice(0, end - 1).join('\n') // the line before is the engine's: "at name.next (<anonymous>)"
}

/** The lines by which the trampoline is known: those from which it resumes generators. Found out when first needed. */
let marks: (string | undefined)[] | undefined

/** Resume a generator that fails, and look at what follows on the engine's own line. */
function markOf(mode: typeof SEND | typeof THROW): string | undefined {
  const { observed } = registers
  registers.observed = false
  const stack = new Stack()
  stack.push(new Frame(failing()))
  drive(stack, SEND, undefined)
  drive(stack, mode, undefined)
  registers.observed = observed
  const lines = (registers.value as Error).stack?.split('\n') ?? []
  return lines[lines.findIndex(line => line.includes('.next (') || line.includes('.throw (')) + 1]
}

function* failing(): Generator<unknown, void, unknown> {
  try {
    yield
  } finally {
    throwProbe()
  }
}

function throwProbe(): never { throw new Error('a probe') }
