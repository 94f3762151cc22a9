import { createRequire } from 'node:module'
import { RuntimeError } from '../base/errors.ts'

/** Load a package at its first use. @throws RuntimeError when the package is not installed. */
export function load(name: string): unknown {
  try {
    return createRequire(__filename)(name)
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'MODULE_NOT_FOUND') throw cause
    throw new RuntimeError(`this needs the package ${name}, which is not installed. Run: npm install ${name}`, { code: 'NOT_INSTALLED', cause })
  }
}
