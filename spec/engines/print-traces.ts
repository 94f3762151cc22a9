import { type Programs, run } from '../conformance/programs.ts'

declare function print(text: string): void

/** In an engine that may have no JSON: a line for each program, the fields of which are separated by characters that nobody uses. */
export function printTraces(file: string, programs: Programs): void {
  for (const title of Object.keys(programs)) {
    const fields = [`${file}: ${title}`, ...run(programs[title] as (log: (...values: unknown[]) => void) => void)]
    print(fields.map(field => field.split('\n').join('\u0002')).join('\u0001'))
  }
}
