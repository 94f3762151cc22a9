import { readFileSync } from 'node:fs'
import { KeyboardInterrupt } from '../base/task-errors.ts'
import { watch } from '../generator/watch.ts'
import { type WaitTree, formatWaitTree, waitTree } from '../inspect/wait-tree.ts'
import { Recorder } from '../study/recorder.ts'
import { SourceTracer } from '../study/source-tracer.ts'
import { EventLoop } from '../task/event-loop.ts'
import { failureText } from './failure.ts'
import { load } from './load.ts'
import { tellOfOutput } from './output.ts'

/** What a program has done. */
export interface Recording {
  readonly recorder: Recorder
  readonly file: string
  readonly source: string
  /** Has it ended with an error? */
  readonly failed: boolean
  /** The exit code of a program that has ended so. It is another one when Ctrl-C was the reason. */
  readonly code: number
  /** The tasks at the time that was asked for, or when most of them waited. `null` when there were none. */
  readonly tasks: Snapshot | null
}

/** The tasks of a program at one time. */
export interface Snapshot {
  /** In milliseconds after the first turn. */
  readonly time: number
  readonly text: string
  readonly tree: readonly TaskRow[]
}

/** A task, as `ps --json` prints it. */
export interface TaskRow {
  readonly name: string
  /** The names of its frames, outermost first. */
  readonly frames: readonly string[]
  readonly waitsFor: string | null
  /** The tasks that it waits for. */
  readonly tasks: readonly TaskRow[]
}

export interface RecordingOptions {
  readonly limit?: number
  /** Do not print what the program prints. */
  readonly silent?: boolean
  /** When to look at the tasks, in milliseconds after the first turn. By default, when most of them wait. */
  readonly at?: number
  /** What stands in `process.argv` behind the program. */
  readonly args?: readonly string[]
  /** Called at each event. */
  readonly onEvent?: () => void
  /** Called when the process ends before the program does, as by `process.exit()`. Nothing can be waited for any more. */
  readonly onExit?: (recording: Recording) => void
}

/** The exit codes of a program that fails, and of one whose loop Ctrl-C has ended. */
const FAILED = 1
const INTERRUPTED = 130
/** The exit code of Node for a program that waits at its top for what never comes. */
const UNSETTLED = 13

/** Run a program and record what it does. It prints as it always does, unless `silent` is set. */
export async function record(file: string, options: RecordingOptions = {}): Promise<Recording> {
  const source = readFileSync(file, 'utf8')
  const { limit = 100_000, onEvent, onExit } = options
  const recorder = new Recorder({ limit, ...onEvent === undefined ? {} : { onEvent } })
  const tracer = new SourceTracer(recorder)
  const snapshots = takeSnapshots(options.at)
  const restore = tellOfOutput(tracer, options.silent === true ? { print: () => undefined } : {})
  let failed = false
  let code = FAILED
  const over = (): Recording => {
    restore()
    recorder.stop()
    snapshots.end()
    return { recorder, file, source, failed, code, tasks: snapshots.best() }
  }
  const onSuddenEnd = (): void => { onExit?.(over()) }
  process.once('exit', onSuddenEnd)
  process.once('beforeExit', toldUnsettled)
  recorder.start()
  try {
    await load(file, options.args ?? [], tracer)
    process.off('beforeExit', toldUnsettled)
    await quiet()
  } catch (error) {
    failed = true
    if (error instanceof KeyboardInterrupt) code = INTERRUPTED
    process.stderr.write(failureText(error))
  }
  process.off('beforeExit', toldUnsettled)
  process.off('exit', onSuddenEnd)
  return over()
}

/** Nothing keeps Node alive any more, and the program is not loaded yet. */
function toldUnsettled(): void {
  process.exitCode = UNSETTLED
  process.stderr.write('Warning: Detected unsettled top-level await\n')
}

/** Wait until nothing keeps Node alive any more. */
function quiet(): Promise<void> {
  return new Promise(resolve => { process.once('beforeExit', () => { resolve() }) })
}

/**
 * Look at the tasks of the program at each turn, from now on.
 * @param at the time of the snapshot, in milliseconds after the first turn; by default, when most tasks wait.
 */
function takeSnapshots(at: number | undefined): { readonly end: () => void; readonly best: () => Snapshot | null } {
  let best: Snapshot | null = null
  let isFound = false
  let start: number | null = null
  let most = 0
  const end = watch(({ kind, value, time }) => {
    if (isFound || kind !== 'turn' || !(value instanceof EventLoop) || time === null) return
    start ??= time
    const elapsed = time - start
    isFound = at !== undefined && elapsed > at // when a turn begins, all is still as it was while the loop waited
    const tree = waitTree(value).map(rowOf)
    const waiting = waitingIn(tree)
    if (tree.length === 0 || (at === undefined && waiting < most)) return
    most = waiting
    best = { time: isFound ? at as number : elapsed, text: formatWaitTree(value), tree }
  })
  return { end, best: () => best }
}

function rowOf({ task, frames, waitsFor, tasks }: WaitTree): TaskRow {
  return { name: task.getName(), frames, waitsFor, tasks: tasks.map(rowOf) }
}

/** How many tasks wait for something other than their turn. */
function waitingIn(tree: readonly TaskRow[]): number {
  return tree.reduce((count, { waitsFor, tasks }) => count + (waitsFor === null || waitsFor === 'its turn' ? 0 : 1) + waitingIn(tasks), 0)
}
