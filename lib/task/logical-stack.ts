import { isError } from '../base/throwable.ts'
import { SEND, THROW, YIELDED } from '../generator/resume.ts'
import { drive } from '../generator/drive.ts'
import { trail } from '../generator/fail.ts'
import { Frame } from '../generator/frame.ts'
import { Stack } from '../generator/stack.ts'
import { registers } from '../generator/registers.ts'

/** The message, and the frames from `rememberWhereMade()` to `new Task()`. */
const LINES_OF_OURS = 4
/** More frames than these are counted, not named. */
const SHOWN = 20

/**
 * An error has left a task. Its `stack` tells how JavaScript came there, which is: by our trampoline. Instead, it is to
 * tell how the program came there: the frames that delegate to each other, and the task.
 */
export function showLogicalStack(error: unknown, task: NamedTask): void {
  const frames = trail.error === error ? trail.frames : []
  trail.error = undefined
  trail.frames = []
  if (!isError(error) || typeof error.stack !== 'string') return
  const above = aboveTrampoline(error.stack)
  const shown = above === error.stack ? 0 : 1 // by the engine: the frame that threw
  const names = frames.slice(shown, SHOWN).map(frame => frame.name)
  if (frames.length > SHOWN) names.push(`${frames.length - SHOWN} more`)
  const lines = [above, ...names.map(name => `    at ${name} (<waiting>)`), `    at ${task.getName()} (<task>)${whereMade.get(task) ?? ''}`]
  try {
    error.stack = lines.join('\n')
  } catch {
    // It is frozen, and stays as it is.
  }
}

interface NamedTask {
  getName(): string
}

/** Of tasks that were made in debug mode: the lines of the stack there. */
const whereMade = new WeakMap<NamedTask, string>()

/** The program makes a task: note where, for later. */
export function rememberWhereMade(task: NamedTask): void {
  const lines = aboveTrampoline(new Error().stack ?? '').split('\n')
  whereMade.set(task, [', made', ...lines.slice(LINES_OF_OURS)].join('\n'))
}

/** The part of a stack that comes before the trampoline. */
function aboveTrampoline(stack: string): string {
  const lines = stack.split('\n')
  marks ??= findMarks()
  const end = lines.findIndex(line => marks?.includes(placeOf(line)))
  return end < 0 ? stack : lines.slice(0, end - 1).join('\n') // the line before is the engine's: "at name.next (<anonymous>)"
}

/** The lines by which the trampoline is known: those from which it resumes generators. Found out when first needed. */
let marks: string[] | undefined

/** Have generators fail where they are sent to, thrown into and begun, and look at what follows on the engine's own line. */
function findMarks(): string[] {
  const { observed } = registers
  registers.observed = false
  const found = [
    markOf(waiting(), SEND),
    markOf(waiting(), THROW),
    markOf(delegating(), SEND),
  ]
  registers.observed = observed
  return found
}

function markOf(generator: Generator<unknown, void, unknown>, mode: typeof SEND | typeof THROW): string {
  const stack = new Stack()
  stack.$push(new Frame(generator))
  if (drive(stack, SEND, undefined) === YIELDED) drive(stack, mode, undefined)
  const lines = (registers.value as Error).stack?.split('\n') ?? []
  return placeOf(lines[lines.findIndex(line => line.includes('.next (') || line.includes('.throw (')) + 1] ?? '')
}

/** Without the name of the method, which has that of the object's class before it. */
function placeOf(line: string): string { return line.slice(line.indexOf('(')) }

function* waiting(): Generator<unknown, void, unknown> {
  try {
    yield
  } finally {
    throwProbe()
  }
}

function* delegating(): Generator<unknown, void, unknown> { yield* new Frame(failing()) }

function* failing(): Generator<unknown, void, unknown> { throwProbe() }

function throwProbe(): never { throw new Error('a probe') }
