/** What is measured, said in data: a group of entries that are compared with one of them, the anchor. */
import type { Stopwatch } from './stopwatch.mts'

/** Something to time: what `prepare()` makes does `ops` operations each time it is called. */
export interface Case {
  readonly name: string
  readonly ops: number
  readonly prepare: () => () => unknown
  /** What it returns, or a promise of it, once it has done its work; looked at before it is timed. */
  readonly gives?: number
  /** It takes so long that it is timed once in a round, and not sampled. */
  readonly once?: true
  readonly kind?: Kind
}

/** Something of which a part is timed: `run()` starts the watch when all is made, and stops it when the work is done. */
export interface Stretch {
  readonly name: string
  readonly ops: number
  /** @returns what is looked at each time, or a promise of it. */
  readonly run: (watch: Stopwatch) => unknown
  readonly gives?: number
  readonly once?: true
  readonly kind?: Kind
}

/** Something that is no time: bytes, or a time that another process takes. */
export interface Gauge {
  readonly name: string
  readonly gauge: () => number | Promise<number>
  readonly kind?: Kind
}

/** Made with the library (by default); plain JavaScript; or somebody else's. */
export type Kind = 'ours' | 'plain' | 'peer'

export type Entry = Case | Stretch | Gauge

/** A library of npm: the entry is what `peers/<of>.mts` exports under the name `take`. */
export interface Library {
  readonly of: string
  readonly take: string
}

/** A program in another language, a file of `peers/`, that prints the nanoseconds of one operation. */
export interface Program {
  readonly name: string
  readonly by: Interpreter
  readonly file: string
  readonly args: readonly (string | number)[]
}

/** What can run it: Lua, or a Python that has this module. */
export type Interpreter = 'asyncio' | 'uvloop' | 'trio' | 'gevent' | 'greenlet' | 'simpy' | 'lua'

/** A promise: the first takes at most so many times what the second takes; without a second, at most so much. */
export interface Target {
  readonly of: string
  readonly per?: string
  readonly atMost: number
}

export interface Group {
  /** Also the name of its plot. */
  readonly title: string
  readonly unit?: Unit
  /** The entry that the others are compared with. */
  readonly anchor: string
  readonly entries: readonly Entry[]
  readonly libraries?: readonly Library[]
  readonly programs?: readonly Program[]
  readonly targets?: readonly Target[]
  /** The entries that `npm run bench:check` watches. */
  readonly watched?: readonly string[]
  /** No more rounds than this: each takes long, or gives the same. */
  readonly rounds?: number
}

export type Unit = 'ns' | 'B' | 'kB' | 'ms'

export const library = (of: string, take: string): Library => ({ of, take })

export const program = (name: string, by: Interpreter, file: string, ...args: readonly (string | number)[]): Program =>
  ({ name, by, file, args })
