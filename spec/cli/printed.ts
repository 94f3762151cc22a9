import { runInNewContext } from 'node:vm'
import { GLOBAL, LONGEST, transform } from '../../lib/cli/transform.ts'
import { withoutTypes } from '../../lib/cli/without-types.ts'
import { Recorder, sentences } from '../../lib/study/index.ts'
import { SourceTracer } from '../../lib/study/source-tracer.ts'

/** What a program prints, transformed or as it is; and what it told. */
export function printed(source: string, transformed: boolean, file = 'program.mts'): { lines: string[]; told: string[] } {
  const lines: string[] = []
  const recorder = new Recorder()
  const tracer = new SourceTracer(recorder)
  const plain = file.endsWith('.mts') ? withoutTypes(source) : source
  const script = transformed ? transform(source, file).code : plain
  const print = (...values: unknown[]): void => { lines.push(values.map(String).join(' ')) }
  const names = Array.from({ length: LONGEST + 1 }, (_, length) => [GLOBAL + '_'.repeat(length), tracer])
  runInNewContext(script, { print, ...Object.fromEntries(names) as object })
  return { lines, told: sentences(recorder.events) }
}
