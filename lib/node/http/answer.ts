import type { Body } from './body.ts'

/** The answer that a handler returns. */
export interface Answer {
  /** 200 by default. */
  readonly status?: number
  /** The headers of the answer. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  /** What is sent: bytes, text, or a stream of these. Nothing by default. */
  readonly body?: Body
}
