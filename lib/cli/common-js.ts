import { transform as modulesToCommonJS } from 'sucrase'
import type { SourceTracer } from '../study/source-tracer.ts'
import { GLOBAL, LONGEST, transform } from './transform.ts'

/**
 * A program that tells what it does, as CommonJS. Each line stays where it is.
 * @param source the program.
 * @param file its path, which the recording mentions.
 * @param isModule whether its package says that it is an ES module.
 * @throws SyntaxError when it cannot be parsed.
 */
export function toCommonJS(source: string, file: string, isModule?: boolean): string {
  const { code, module } = transform(source, file, isModule)
  return module ? modulesToCommonJS(code, { transforms: ['imports'], disableESTransforms: true }).code : code
}

/** Let transformed programs tell what they do to this tracer. @returns a function that ends what the tracer notes of all generators. */
export function tellTo(tracer: SourceTracer): () => void {
  for (let length = 0; length <= LONGEST; length++) Reflect.set(globalThis, GLOBAL + '_'.repeat(length), tracer)
  return tracer.watchReturns()
}
