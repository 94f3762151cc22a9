import { isError } from '../base/throwable.ts'
import { type Noted, WAY, type Way } from '../base/way.ts'
import { takeTrail } from '../generator/fail.ts'
import { Frame } from '../generator/frame.ts'
import { drive } from '../generator/drive.ts'
import { registers, takeValue } from '../generator/registers.ts'
import { SEND, THROW, YIELDED } from '../generator/resume.ts'
import { Stack, type StackFrame } from '../generator/stack.ts'

/**
 * JavaScript's stack of an error in a coroutine shows the trampoline. The logical stack shows the frames that delegate to
 * each other, and the tasks that the error went through.
 *
 * To make it takes longer than to throw and catch the error, and most errors are caught. So an error that leaves a task
 * only gets a note of its way. The stack is made when somebody is going to look: when the error leaves the loop, or is
 * reported; and at once in debug mode.
 */
class LogicalStack implements Way {
  /** By task, in the order in which the error came to them. */
  readonly stages: Stage[] = []

  show(error: Error): void {
    for (const { frames, task } of this.stages) showStage(error, frames, task)
  }
}

interface Stage {
  /** The frames that the error ended in the task, innermost first. */
  readonly frames: readonly StackFrame[]
  readonly task: NamedTask
}

interface NamedTask {
  getName(): string
  /** In debug mode: the lines of the stack where it was made. */
  readonly $madeAt?: string
}

/** The frames from `stackHere()` to `new Task()`. */
const LINES_OF_OURS = 3
/** More frames than these are counted, not named. */
const SHOWN = 20

/** An error leaves a task. */
export function noteWay(error: unknown, task: NamedTask): void {
  const frames = takeTrail(error)
  if (!isError(error)) return
  let way = (error as Noted)[WAY] as LogicalStack | undefined
  if (way === undefined) {
    if (!Object.isExtensible(error)) return
    way = new LogicalStack()
    Object.defineProperty(error, WAY, { value: way, configurable: true, writable: true })
  }
  way.stages.push({ frames, task })
}

function showStage(error: Error, frames: readonly StackFrame[], task: NamedTask): void {
  if (typeof error.stack !== 'string') return
  const lines = linesOf(error.stack)
  const above = aboveTrampoline(lines)
  const known = above === lines ? 0 : 1 // JavaScript shows the frame that threw
  const names = frames.slice(known, SHOWN).map(frame => frame.name)
  if (frames.length > SHOWN) names.push(`${frames.length - SHOWN} more`)
  const stages = [...names.map(name => `    at ${name} (<waiting>)`), `    at ${task.getName()} (<task>)${task.$madeAt ?? ''}`]
  try {
    error.stack = [...above, ...stages].join('\n')
  } catch {
    // It is frozen, and stays as it is.
  }
}

/** In debug mode, the program makes a task: the lines that say where. */
export function stackHere(): string {
  const lines = aboveTrampoline(linesOf(new Error().stack ?? ''))
  return [', made', ...lines.slice(first(lines, 'Error') + LINES_OF_OURS)].join('\n')
}

/** Some engines end the last line, too. */
function linesOf(stack: string): string[] { return stack.trimEnd().split('\n') }

/** Where the frames begin: V8 puts the error itself on the first line, others do not. */
function first(lines: readonly string[], error: string): number { return lines.indexOf(error) + 1 }

/** The part of a stack that comes before the trampoline; all of it, when that is not in it. */
function aboveTrampoline(lines: string[]): string[] {
  marks ??= findMarks()
  let end = lines.findIndex(line => (marks as string[]).includes(placeOf(line)))
  if (end < 0) return lines
  while (end > 0 && isOfEngine(lines[end - 1] as string)) end--
  return lines.slice(0, end)
}

/** Is it a line for `next()` and the like: of V8, of QuickJS, of JavaScriptCore? SpiderMonkey has none. */
function isOfEngine(line: string): boolean { return OF_ENGINE.some(words => line.endsWith(words)) }

const OF_ENGINE = ['(<anonymous>)', '(native)', '@[native code]']

/** The lines from which the trampoline resumes generators, by which it is known. Found out when first needed. */
let marks: string[] | undefined

/** Have generators fail where they are sent to, thrown into and started, and look at what follows on the engine's own line. */
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
  const lines = linesOf((takeValue() as Error).stack ?? '')
  const below = lines.slice(first(lines, 'Error: a probe') + PROBE_FRAMES)
  return placeOf(below.find(line => !isOfEngine(line)) ?? '')
}

/** Those of `throwProbe()` and of the generator that calls it. */
const PROBE_FRAMES = 2

/** Without the name of the method, which has the class of the object before it: from `(file` or `@file` on. */
function placeOf(line: string): string { return line.slice(Math.max(line.indexOf('('), line.indexOf('@'))) }

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
