import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'node:util'
import { transform as withoutModules } from 'sucrase'
import { traceText } from '../../../lib/cli/trace-text.ts'
import { GLOBAL, transform } from '../../../lib/cli/transform.ts'
import { withoutTypes } from '../../../lib/cli/without-types.ts'
import * as yieldfrom from '../../../lib/index.ts'
import { Recorder } from '../../../lib/study/index.ts'
import { SourceTracer } from '../../../lib/study/source-tracer.ts'

export const folder = join(__dirname, '../../../docs/lessons')

export interface Traced {
  readonly printed: string
  readonly recorder: Recorder
  /** All that `yieldfrom trace` prints. */
  readonly text: () => string
}

/** Run a program as `yieldfrom trace` does, with the library as it lies in lib/. */
export function trace(file: string): Traced {
  const recorder = new Recorder()
  const tracer = new SourceTracer(recorder)
  recorder.start()
  try {
    const printed = execute(file, transform(readFileSync(file, 'utf8'), file).code, text => { tracer.output(text) }, tracer)
    return { printed, recorder, text: () => printed + traceText(recorder, { width: 100, dim: text => text }) }
  } finally {
    recorder.stop()
  }
}

/** @returns what a program prints that is run as it is. */
export function output(file: string): string {
  return execute(file, withoutTypes(readFileSync(file, 'utf8')))
}

function execute(file: string, code: string, onOutput: (text: string) => void = () => {}, tracer?: SourceTracer): string {
  const script = withoutModules(code, { transforms: ['imports'], disableESTransforms: true }).code
  const lines: string[] = []
  const log = (...values: unknown[]): void => {
    const text = format(...values)
    onOutput(text)
    lines.push(`${text}\n`)
  }
  const run = (0, eval)(`(function (${GLOBAL}, console, require, exports) {${script}\n})\n//# sourceURL=${file}`) as (...values: unknown[]) => void // on its first line, so that lines stay right
  const endReturns = tracer?.watchReturns()
  try {
    run(tracer, { log }, () => yieldfrom, {})
  } finally {
    endReturns?.()
  }
  return lines.join('')
}
