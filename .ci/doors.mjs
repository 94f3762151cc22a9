// The doors of the package, as package.json's `exports` has them.
import { readFileSync } from 'node:fs'

const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/** What is imported, and the path of its module under lib/ and in each folder of dist/. */
export const doors = Object.keys(exports)
  .filter(key => !key.endsWith('.json'))
  .map(key => ({ name: key.replace('.', 'yieldfrom'), path: key === '.' ? 'index' : `${key.slice('./'.length)}/index` }))
