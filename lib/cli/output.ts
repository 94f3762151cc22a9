import { format } from 'node:util'
import type { SourceTracer } from '../study/source-tracer.ts'

type Method = 'log' | 'info' | 'debug' | 'error' | 'warn'

/** The methods of the console that write to the standard output. */
const PRINTING: readonly Method[] = ['log', 'info', 'debug']
/** Those that write to the standard error output. What they write is no event. */
const COMPLAINING: readonly Method[] = ['error', 'warn']

/** What gets the lines of a program, in place of the terminal. */
export interface Instead {
  readonly print: (text: string) => void
  readonly complain?: (text: string) => void
}

/** Let the tracer know of what the program prints. @returns a function that ends it. */
export function tellOfOutput(tracer: SourceTracer, { print, complain }: Partial<Instead> = {}): () => void {
  const { log, info, debug, error, warn } = console
  const before = { log, info, debug, error, warn }
  for (const name of PRINTING) {
    console[name] = (...values: unknown[]): void => {
      tracer.output(format(...values))
      if (print === undefined) Reflect.apply(before[name], console, values)
      else print(format(...values))
    }
  }
  if (complain !== undefined) for (const name of COMPLAINING) console[name] = (...values: unknown[]): void => { complain(format(...values)) }
  return () => { Object.assign(console, before) }
}
