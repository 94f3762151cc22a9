import { createRequire } from 'node:module'
import type { ESLint, Linter } from 'eslint'
import type TypeScript from 'typescript'

/** TypeScript's own programming interface. */
export type Compiler = typeof TypeScript

/** The packages that people install if they want the rules. */
export interface Peers {
  readonly eslint: { readonly ESLint: new (options: ESLint.Options) => ESLint }
  readonly typescript: Compiler
  readonly 'typescript-eslint': { readonly parser: Linter.Parser }
}

const NAMES = ['eslint', 'typescript', 'typescript-eslint'] as const

/**
 * Load the packages that the rules need.
 * @param places the files from which they are looked for, the first one first.
 * @throws Error when one of them is not installed.
 */
export function peersOf(places: readonly string[]): Peers {
  return Object.fromEntries(NAMES.map(name => [name, load(name, places)])) as unknown as Peers
}

function load(name: string, places: readonly string[]): unknown {
  for (const place of places) {
    const from = createRequire(place)
    try {
      from.resolve(name)
    } catch {
      continue
    }
    return from(name)
  }
  throw new Error(`yieldfrom check needs ${name}, which is not installed here. Write: npm install --save-dev eslint typescript@6 typescript-eslint`)
}
