import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'node:util'
import { transform as withoutModules } from 'sucrase'
import { traceText } from '../../../lib/cli/trace-text.ts'
import { GLOBAL, transform } from '../../../lib/cli/transform.ts'
import * as yieldfrom from '../../../lib/index.ts'
import { Recorder } from '../../../lib/study/index.ts'
import { SourceTracer } from '../../../lib/study/source-tracer.ts'

export const folder = join(__dirname, '../../../docs/lessons')

export interface Traced {
  readonly printed: string
  readonly recorder: Recorder
  /** All that `yieldfrom trace` prints. */
  readonly text: string
}

/** Run a program as `yieldfrom trace` does, with the library as it lies in lib/. */
export function trace(file: string): Traced {
  const recorder = new Recorder()
  const tracer = new SourceTracer(recorder)
  const { code } = transform(readFileSync(file, 'utf8'), file)
  const script = withoutModules(code, { transforms: ['imports'], disableESTransforms: true }).code
  const lines: string[] = []
  const console = { log: (...values: unknown[]) => {
    tracer.output(format(...values))
    lines.push(`${format(...values)}\n`)
  } }
  const run = new Function(GLOBAL, 'console', 'require', 'exports', script) as (...values: unknown[]) => void
  recorder.start()
  try {
    run(tracer, console, () => yieldfrom, {})
  } finally {
    recorder.stop()
  }
  const printed = lines.join('')
  return { printed, recorder, text: printed + traceText(recorder, { width: 100, dim: text => text }) }
}
