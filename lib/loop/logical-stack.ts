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
 * Making it takes longer than throwing and catching the error, and most errors are caught. So an error that leaves a task
 * only gets a note of its way. The stack is made when the error leaves the loop, or when it is reported. In debug mode it is
 * made at once.
 */
class LogicalStack implements Way {
  /** A part for each task, in the order in which the error came to the tasks. When there are very many, those in the middle are left out. */
  private readonly stages: Stage[] = []

  /** A program may throw the same error object for ever. So a way has an end. */
  add(stage: Stage): void {
    this.stages.push(stage)
    if (this.stages.length > MOST_STAGES) this.stages.splice(MOST_STAGES / 2, 1)
  }

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
  /** The lines of the stack where the task was made; in debug mode only. */
  readonly $madeAt?: string
}

/** How many frames of the library stand between `stackHere()` and the program that makes a task. */
const LINES_OF_OURS = 3
/** How many frames are named. Any further frames are only counted. */
const SHOWN = 20
/** How many tasks are noted on the way of an error. */
const MOST_STAGES = 100
/** A stack of so many characters gets no more lines. */
const LONGEST = 100_000

/** An error leaves a task. */
export function noteWay(error: unknown, task: NamedTask): void {
  const frames = takeTrail(error)
  if (isError(error)) wayOf(error)?.add({ frames, task })
}

/** The way that the error is noted to have gone. It is `null` for an error that takes no note. */
function wayOf(error: Error): LogicalStack | null {
  try {
    const noted = (error as Noted)[WAY]
    if (noted !== undefined) return noted as LogicalStack
    const way = new LogicalStack()
    return Reflect.defineProperty(error, WAY, { value: way, configurable: true, writable: true }) ? way : null
  } catch {
    return null // it is a proxy that refuses
  }
}

function showStage(error: Error, frames: readonly StackFrame[], task: NamedTask): void {
  try {
    if (typeof error.stack === 'string' && error.stack.length < LONGEST) error.stack = withStage(linesOf(error.stack), frames, task)
  } catch {
    // The error is frozen, or its stack is a getter that throws: it stays as it is.
  }
}

function withStage(lines: string[], frames: readonly StackFrame[], task: NamedTask): string {
  const above = aboveTrampoline(lines)
  const known = above === lines ? 0 : 1 // JavaScript shows the frame that threw
  const names = frames.slice(known, SHOWN).map(frame => frame.name)
  if (frames.length > SHOWN) names.push(`${frames.length - SHOWN} more`)
  return [...above, ...names.map(name => `    at ${name} (<waiting>)`), `    at ${task.getName()} (<task>)${task.$madeAt ?? ''}`].join('\n')
}

/** The program makes a task in debug mode. @returns the lines that say where. */
export function stackHere(): string { return `, made\n${stackOf(new Error(), LINES_OF_OURS)}` }

/** @param ours how many frames of the library stand between the error and the program. @returns the lines of the program. */
export function stackOf({ stack }: Error, ours: number): string {
  const lines = aboveTrampoline(linesOf(stack ?? ''))
  const header = lines[0]?.startsWith('Error') === true ? 1 : 0 // V8 writes one, and others do not
  return lines.slice(header + ours).join('\n')
}

/** The lines of a stack. Some engines put a line end after the last line, too. */
function linesOf(stack: string): string[] { return stack.trimEnd().split('\n') }

/** The index at which the frames begin. V8 puts the error itself on the first line, and others do not. */
function first(lines: readonly string[], error: string): number { return lines.indexOf(error) + 1 }

/** The part of a stack that comes before the trampoline, or the whole stack when the trampoline is not in it. */
function aboveTrampoline(lines: string[]): string[] {
  marks ??= findMarks()
  let end = lines.findIndex(line => (marks as string[]).includes(placeOf(line)))
  if (end < 0) return lines
  while (end > 0 && isOfEngine(lines[end - 1] as string)) end--
  return lines.slice(0, end)
}

/** Is it a line for `next()` or `throw()` of a generator, in V8, QuickJS or JavaScriptCore? SpiderMonkey has no such line. */
function isOfEngine(line: string): boolean { return OF_ENGINE.some(words => line.endsWith(words)) }

const OF_ENGINE = ['(<anonymous>)', '(native)', '@[native code]']

/** The lines from which the trampoline resumes generators. They show where it begins. They are found when first needed. */
let marks: string[] | undefined

/** Let generators fail after a send, a throw and a start. The line that follows the engine's own line belongs to the trampoline. */
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

/** How many lines `throwProbe()` and the generator that calls it have. */
const PROBE_FRAMES = 2

/** A line from `(file` or `@file` on. The name of the method before it is left out, as it begins with the class of the object. */
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
