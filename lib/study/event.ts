import type { EventKind } from '../generator/watch.ts'

/** What a recorded event can be: what `watch()` tells, and what only the source of a program can tell. */
export type StudyKind = EventKind | 'made' | 'catch' | 'finally' | 'output'

/** One recorded event: plain data, which can be written to a file. */
export interface StudyEvent {
  /** Its place in the recording, from 1. */
  readonly seq: number
  /** The loop's time in milliseconds, or `null`. */
  readonly time: number | null
  /** What has happened. */
  readonly kind: StudyKind
  /** The name of the task whose turn it is, or `null`. */
  readonly task: string | null
  /** The name of the greenlet that runs: `main`, or that of its task, or of its outermost generator. */
  readonly greenlet: string
  /** The generator: its name, with a number from the second of that name on. `null` when it is about none. */
  readonly frame: string | null
  /** The generator that delegates to it, or `null`. */
  readonly parent: string | null
  /** How many generators it stands on. */
  readonly depth: number
  /** The value, in short words. */
  readonly value: string
  /** The other one that takes part: the delegate, the greenlet that control enters, the future. */
  readonly to?: string
  /** For a `switch`: the greenlet that control leaves. */
  readonly from?: string
  /** For a `switch`: why it is made. */
  readonly why?: 'switch' | 'throw' | 'end' | 'wait' | 'wake'
  /** Where in the source, when a transformed program tells it. */
  readonly line?: number
  /** The file of that line. */
  readonly file?: string
  /** The program's own variables at this moment, in short words. */
  readonly locals?: Readonly<Record<string, string>>
  /** It belongs to the library's own work, and not to the program's. */
  readonly internal?: true
}
