import { isStatement } from '../shrink.ts'
import { Trace } from '../trace.ts'
import type { Program, Statement } from './programs.ts'
import type { World } from './world.ts'

/** The program without the statements that it does not come to. */
export function pruning<P extends Program>(run: (program: P, trace: Trace) => World): (program: P) => P {
  return program => without(program, run(program, new Trace()).reached) as P
}

function without(value: unknown, reached: ReadonlySet<Statement>): unknown {
  if (Array.isArray(value)) {
    return value.filter(item => !isStatement(item) || reached.has(item as Statement)).map(item => without(item, reached))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, without(part, reached)]))
}
