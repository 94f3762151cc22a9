import { readFileSync } from 'node:fs'
import { commonTokens } from '@stryker-mutator/api/plugin'
import { createInstrumenter } from '@stryker-mutator/instrumenter'
import { createInjector } from 'typed-inject'

const silent = new Proxy({}, { get: (_, name) => () => /^is/.test(String(name)) ? false : undefined })

/** @returns the text of each file with all its mutants in it, each behind a switch, and the mutants. */
export async function instrumented(files) {
  const injector = createInjector().provideValue(commonTokens.logger, silent).provideValue(commonTokens.options, {})
  const instrumenter = injector.provideValue(commonTokens.injector, injector).injectFunction(createInstrumenter)
  const sources = new Map(files.map(file => [file, readFileSync(file, 'utf8')]))
  const { files: texts, mutants } = await instrumenter.instrument(
    Array.from(sources, ([name, content]) => ({ name, content, mutate: true })), { plugins: null, excludedMutations: [], ignorers: [], mutator: {} })
  return {
    texts: new Map(texts.map(({ name, content }) => [name, content])),
    mutants: mutants.map(({ id, fileName, location, replacement, mutatorName }) =>
      ({ id, file: fileName, line: location.start.line + 1, column: location.start.column, was: textAt(sources.get(fileName), location), replacement, mutatorName })),
  }
}

function textAt(source, { start, end }) {
  const lines = source.split('\n').slice(start.line, end.line + 1)
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column)
  lines[0] = lines[0].slice(start.column)
  return lines.join('\n')
}
