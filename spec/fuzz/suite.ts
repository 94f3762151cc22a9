import type fc from 'fast-check'
import type { Trace } from './trace.ts'

/**
 * A kind of random programs: how they are made, and how they run here. How they run in Python stands next to it, in
 * `interpret.py`. To add a suite is to add a folder with the two interpreters, and its name in `main.ts`.
 */
export interface Suite<Program> {
  /** The folder with `interpret.py`. */
  readonly name: string
  readonly oracle: Oracle
  readonly programs: fc.Arbitrary<Program>
  run(program: Program, trace: Trace): void
  /** The same program without what it does not come to. */
  prune?(program: Program): Program
  /** Is what Python logged the same as what is logged here? By default, each line is. */
  isSame?(python: readonly string[], here: readonly string[]): boolean
  /** The same program, for which Python tries harder to log what is logged here. It is asked when the first lines differ. */
  insist?(program: Program): Program
}

/** The Python that knows what is right. */
export interface Oracle {
  /** In the words of an error message. */
  readonly needs: string
  /** A program that fails where the Python will not do. */
  readonly probe: string
  readonly pythons: readonly (string | undefined)[]
}
