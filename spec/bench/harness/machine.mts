import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { installed, missing as missingPrograms } from '../peers/interpreters.mts'

const libraries = ['co', 'effect', 'effection', 'redux-saga', 'rxjs', 'simjs']

/** `Node v20.20.2, linux x64, 2 × AMD EPYC` */
export const machine = `Node ${process.version}, ${process.platform} ${process.arch}, ${processors()}`

function processors(): string { return `${String(cpus().length)} × ${cpus()[0]?.model ?? 'an unknown processor'}` }

/** What the library is compared with. */
export function versions(): string[] {
  return [...libraries.flatMap(library => versionOf(library) ?? []), ...installed()]
}

/** What it is not compared with, since it is not installed. */
export function missing(): string[] {
  return [...libraries.filter(library => versionOf(library) === undefined), ...missingPrograms()]
}

function versionOf(library: string): string | undefined {
  try {
    const text = readFileSync(`node_modules/${library}/package.json`, 'utf8')
    return `${library} ${(JSON.parse(text) as { readonly version: string }).version}`
  } catch {
    return undefined
  }
}
