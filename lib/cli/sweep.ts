import { watch } from '../generator/watch.ts'
import { Task } from '../task/task.ts'
import { isInternalTask } from '../study/internal.ts'
import { Recorder } from '../study/recorder.ts'
import { sentences } from '../study/sentences.ts'
import { SourceTracer } from '../study/source-tracer.ts'
import { type Program, firstLine, shuffleReady } from './order.ts'
import { ProgramSyntaxError } from './syntax-error.ts'

/** How one run went. */
export interface Trial {
  /** `cancelled at event 7`, `seed 3`, or `as it is`. */
  readonly label: string
  /** What it printed, how each task ended, and which generators never ended. */
  readonly outcome: string
}

/** Runs that went the same way. */
export interface Outcome {
  readonly outcome: string
  readonly labels: readonly string[]
}

export interface Sweep {
  /** The different outcomes, in the order in which they came up. */
  readonly outcomes: readonly Outcome[]
  /** Two runs that differ as little as possible, or `null` when all runs have the same outcome. */
  readonly pair: readonly [Trial, Trial] | null
}

interface Plan {
  /** Cancel the first task at the event with this number in the recording. */
  readonly cancelAt?: number
  readonly seed?: number
}

/** An event of the first run, from the making of the first task to its end. */
interface Point {
  /** Its number, which is that of `yieldfrom trace`. */
  readonly seq: number
  readonly words: string
}

interface Ran {
  readonly outcome: string
  readonly points: readonly Point[]
}

/** Run a program again and again: its first task cancelled at each event, and its tasks in other orders. */
export function sweep(program: Program, { cancels, seeds }: { readonly cancels: number; readonly seeds: number }): Sweep {
  const plain = attempt(program, {})
  const trials: Trial[] = [{ label: 'as it is', outcome: plain.outcome }]
  for (const { seq, words } of plain.points.slice(0, cancels)) {
    trials.push({ label: `cancelled at event ${String(seq)} (${words})`, outcome: attempt(program, { cancelAt: seq }).outcome })
  }
  for (let seed = 1; seed <= seeds; seed++) trials.push({ label: `seed ${String(seed)}`, outcome: attempt(program, { seed }).outcome })
  const outcomes = new Map<string, string[]>()
  for (const { label, outcome } of trials) outcomes.set(outcome, [...outcomes.get(outcome) ?? [], label])
  return { outcomes: Array.from(outcomes, ([outcome, labels]) => ({ outcome, labels })), pair: smallestPair(trials) }
}

/**
 * The two runs whose outcomes differ least. A run is compared with the one before, and a run in another order with the run as it is:
 * such two are the easiest to understand.
 */
function smallestPair(trials: readonly Trial[]): readonly [Trial, Trial] | null {
  const [plain] = trials as [Trial]
  let best: readonly [Trial, Trial] | null = null
  let least = Infinity
  trials.forEach((trial, i) => {
    const other = trial.label.startsWith('seed') || i === 0 ? plain : trials[i - 1] as Trial
    const size = difference(other.outcome, trial.outcome)
    if (size === 0 || size >= least) return
    least = size
    best = [other, trial]
  })
  return best
}

/** How many lines are in only one of two outcomes. */
function difference(one: string, other: string): number {
  const [a, b] = [one.split('\n'), other.split('\n')]
  return a.filter(line => !b.includes(line)).length + b.filter(line => !a.includes(line)).length
}

/** Run the program once. */
function attempt(program: Program, { cancelAt, seed }: Plan): Ran {
  let next = 1 // the number of the event that is recorded next
  const recorder = new Recorder({ onEvent: () => { next++ } })
  const printed: string[] = []
  const tasks: Task[] = []
  const numbers = new Set<number>()
  const endShuffle = seed === undefined ? null : shuffleReady(seed)
  const end = watch(event => {
    if (event.kind === 'task' && event.value instanceof Task) tasks.push(event.value)
    const [main] = tasks
    if (main === undefined || main.done()) return
    if (next === cancelAt && !numbers.has(next)) main.cancel('by the sweep')
    numbers.add(next)
  })
  recorder.start()
  let failure = ''
  try {
    program(new SourceTracer(recorder), text => { printed.push(text) })
  } catch (error) {
    if (error instanceof ProgramSyntaxError) throw error
    failure = `the program ended with ${firstLine(error)}`
  } finally {
    recorder.stop()
    end()
    endShuffle?.()
  }
  const words = sentences(recorder.events)
  const outcome = [
    ...printed.map(text => `prints ${text}`),
    ...tasks.filter(task => !isInternalTask(task)).map(endOf),
    ...unended(recorder),
    ...failure === '' ? [] : [failure],
  ]
  return { outcome: outcome.join('\n'), points: Array.from(numbers, seq => ({ seq, words: words[seq - 1] ?? 'the end' })) }
}

function endOf(task: Task): string {
  if (!task.done()) return `${task.getName()} never ended`
  if (task.cancelled()) return `${task.getName()} was cancelled`
  const error = task.exception()
  return error === null ? `${task.getName()} ended` : `${task.getName()} failed with ${firstLine(error)}`
}

/** The generators that have begun and not ended. None of their `finally` has run. */
function unended({ events }: Recorder): string[] {
  const open = new Set<string>()
  for (const { kind, frame, internal } of events) {
    if (frame === null || internal === true) continue
    if (kind === 'enter') open.add(frame)
    if (kind === 'return' || kind === 'raise') open.delete(frame)
  }
  return Array.from(open, frame => `${frame} never ended`)
}
