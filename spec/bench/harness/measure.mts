import { measure } from 'mitata'
import type { Case, Entry, Stretch } from './group.mts'
import { spread } from './results.mts'
import { Stopwatch, now } from './stopwatch.mts'

/** Of one round, in the unit of the group: what is usual, and the least. */
export interface Sample {
  readonly usual: number
  readonly least: number
}

/** How long to look at a case, in nanoseconds. */
export interface Patience {
  readonly warmUp: number
  readonly time: number
}

export const THOROUGH: Patience = { warmUp: 500e6, time: 200e6 }
export const QUICK: Patience = { warmUp: 300e6, time: 60e6 }

const collect = globalThis.gc as () => void

export async function sample(entry: Entry, patience: Patience): Promise<Sample> {
  if ('gauge' in entry) return alike(await entry.gauge())
  if ('run' in entry) return await timeStretch(entry, patience)
  return entry.once === true ? await timeOnce(entry) : await time(entry, patience)
}

/** It has done what it says, or there is no figure. */
function verify({ name, gives }: Case | Stretch, result: unknown): void {
  if (gives === undefined) return
  if (Math.abs(Number(result) - gives) <= Math.abs(gives) * 1e-6) return
  throw new Error(`${name} gives ${String(result)} and not ${String(gives)}`)
}

async function timeOnce(entry: Case): Promise<Sample> {
  const run = entry.prepare()
  collect()
  const start = now()
  const made = run()
  const result: unknown = made instanceof Promise ? await made : made
  const ns = (now() - start) / entry.ops
  verify(entry, result)
  return alike(ns)
}

async function time(entry: Case, { warmUp, time }: Patience): Promise<Sample> {
  const run = entry.prepare()
  collect() // now, and not later: it throws away what the compiler has learned
  const end = now() + warmUp
  do verify(entry, await run())
  while (now() < end)
  const { p50, min } = await measure(run, { now, gc: false, min_cpu_time: time, min_samples: 5 })
  return { usual: p50 / entry.ops, least: min / entry.ops }
}

/** As `time()`, or as `timeOnce()`. */
async function timeStretch(entry: Stretch, { warmUp, time }: Patience): Promise<Sample> {
  const watch = new Stopwatch()
  const once = async (): Promise<number> => {
    verify(entry, await entry.run(watch))
    return watch.read() / entry.ops
  }
  collect()
  if (entry.once === true) return alike(await once())
  const warm = now() + warmUp
  do await once()
  while (now() < warm)
  const figures: number[] = []
  const end = now() + time
  do figures.push(await once())
  while (now() < end)
  const { median, least } = spread(figures)
  return { usual: median, least }
}

function alike(figure: number): Sample { return { usual: figure, least: figure } }
