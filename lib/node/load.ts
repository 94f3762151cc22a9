import { createRequire } from 'node:module'
import { RuntimeError } from '../base/errors.ts'

const loaded = new Map<string, unknown>()

/** Load a package at its first use. @throws RuntimeError when the package is not installed. */
export function load(name: string): unknown {
  const known = loaded.get(name)
  if (known !== undefined) return known // Node would look for the file again
  try {
    const found: unknown = createRequire(__filename)(name)
    loaded.set(name, found)
    return found
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'MODULE_NOT_FOUND') throw cause
    throw new RuntimeError(`this needs the package ${name}, which is not installed. Run: npm install ${name}`, { code: 'NOT_INSTALLED', cause })
  }
}
