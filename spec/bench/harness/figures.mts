import type { Result } from './results.mts'
import type { Row } from './scale/survey.mts'

/** All that one run has measured, and where. `--json` writes it, and `--from` reads it. */
export interface Figures {
  readonly machine: string
  readonly versions: readonly string[]
  readonly results: readonly Result[]
  readonly scale: readonly Row[]
}
