import { readFileSync } from 'node:fs'
import { format } from 'node:util'
import { watch } from '../generator/watch.ts'
import { type WaitTree, formatWaitTree, waitTree } from '../inspect/wait-tree.ts'
import { Recorder } from '../study/recorder.ts'
import { SourceTracer } from '../study/source-tracer.ts'
import { EventLoop } from '../task/event-loop.ts'
import { load } from './load.ts'

/** What a program did. */
export interface Recording {
  readonly recorder: Recorder
  readonly file: string
  readonly source: string
  /** It ended with an error. */
  readonly failed: boolean
  /** The tasks at the time that was asked for, or at the moment when most of them waited. */
  readonly tasks: Snapshot | null
}

export interface Snapshot {
  readonly time: number
  readonly text: string
  readonly tree: readonly TaskRow[]
}

/** A task, as `ps --json` prints it. */
export interface TaskRow {
  readonly name: string
  /** Outermost first. */
  readonly frames: readonly string[]
  readonly waitsFor: string | null
  /** The tasks that it waits for. */
  readonly tasks: readonly TaskRow[]
}

export interface RecordingOptions {
  readonly limit?: number
  /** Print nothing of what the program prints. */
  readonly silent?: boolean
  /** Take the snapshot of the tasks so many milliseconds after the first turn. */
  readonly at?: number
}

/** Run a program and record what it does. What it prints, it prints. */
export async function record(file: string, options: RecordingOptions = {}): Promise<Recording> {
  const source = readFileSync(file, 'utf8')
  const recorder = new Recorder({ limit: options.limit ?? 100_000 })
  const tracer = new SourceTracer(recorder)
  let tasks: Snapshot | null = null
  let found = false
  let start: number | null = null
  let most = 0
  const endSnapshots = watch(({ kind, value, time }) => {
    if (kind !== 'turn' || !(value instanceof EventLoop) || time === null) return
    if (found) return
    start ??= time
    const elapsed = time - start
    found = options.at !== undefined && elapsed > options.at // as a turn begins, all is as it was while the loop waited
    const tree = waitTree(value).map(rowOf)
    const waiting = waitingIn(tree)
    if (tree.length === 0 || (options.at === undefined && waiting < most)) return
    most = waiting
    tasks = { time: found ? options.at as number : elapsed, text: formatWaitTree(value), tree }
  })
  const restore = tellOfOutput(tracer, options.silent === true)
  let failed = false
  recorder.start()
  try {
    await load(file, tracer)
    await quiet()
  } catch (error) {
    failed = true
    process.stderr.write(`${error instanceof Error ? error.stack ?? String(error) : format(error)}\n`)
  } finally {
    restore()
    recorder.stop()
    endSnapshots()
  }
  return { recorder, file, source, failed, tasks }
}

/** Until nothing keeps Node alive any more. */
function quiet(): Promise<void> {
  return new Promise(resolve => { process.once('beforeExit', () => { resolve() }) })
}

function tellOfOutput(tracer: SourceTracer, silent: boolean): () => void {
  const { log, info } = console
  const told = (print: (...values: unknown[]) => void) => (...values: unknown[]): void => {
    tracer.output(format(...values))
    if (!silent) print(...values)
  }
  console.log = told(log)
  console.info = told(info)
  return () => { Object.assign(console, { log, info }) }
}

function rowOf({ task, frames, waitsFor, tasks }: WaitTree): TaskRow {
  return { name: task.getName(), frames, waitsFor, tasks: tasks.map(rowOf) }
}

/** How many tasks wait for more than their turn. */
function waitingIn(tree: readonly TaskRow[]): number {
  return tree.reduce((count, { waitsFor, tasks }) => count + (waitsFor === null || waitsFor === 'its turn' ? 0 : 1) + waitingIn(tasks), 0)
}
