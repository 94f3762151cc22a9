import type { EventKind } from '../generator/watch.ts'

/** The kinds of recorded events: those of `watch()`, and those that only a transformed program can tell. */
export type StudyKind = EventKind | 'made' | 'catch' | 'finally' | 'output'

/** One recorded event. It is plain data, so it can be written to a file. */
export interface StudyEvent {
  /** Its place in the recording, from 1. */
  readonly seq: number
  /** The loop's time in milliseconds, or `null`. */
  readonly time: number | null
  /** What has happened. */
  readonly kind: StudyKind
  /** The name of the task whose turn it is, or `null`. */
  readonly task: string | null
  /** The name of the greenlet that runs: `main`, or the name of its task, or the name of its outermost generator. */
  readonly greenlet: string
  /** The name of the generator. The second generator of a name is `name#2`. `null` when the event is about no generator. */
  readonly frame: string | null
  /** The name of the generator that delegates to it, or `null`. */
  readonly parent: string | null
  /** How many generators delegate to it, directly or through others. */
  readonly depth: number
  /** The value, in a few words. */
  readonly value: string
  /** What else takes part: the delegate, the greenlet that control enters, or the future. */
  readonly to?: string
  /** For a `switch`: the greenlet that control leaves. */
  readonly from?: string
  /** For a `switch`: its reason. */
  readonly why?: 'switch' | 'throw' | 'end' | 'wait' | 'wake'
  /** The line in the source, and its file, if the program was transformed. */
  readonly line?: number
  /** The file of that line. */
  readonly file?: string
  /** The variables of the generator at this moment, each in a few words. */
  readonly locals?: Readonly<Record<string, string>>
  /** True for the library's own work, which is not the program's. */
  readonly internal?: true
}
