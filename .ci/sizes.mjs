// npm run build && npm run sizes
//
// What a page loads: kilobytes of what was built, bundled, minified and compressed. Each door as a whole, by esbuild; and what is left of the
// core when a program uses little of it, by esbuild, rollup and webpack. Each has a limit. It ends with 1 when one is over it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { rollup } from '@rollup/wasm-node'
import { build, transform } from 'esbuild'
import webpack from 'webpack'
import { doors } from './doors.mjs'

/** For Node alone: nobody bundles these for a page. */
const FOR_NODE = ['yieldfrom/bullmq', 'yieldfrom/eslint', 'yieldfrom/node']

/** Kilobytes, for all that a door exports. */
const LIMITS = {
  yieldfrom: 73, 'yieldfrom/greenlet': 14, 'yieldfrom/promise': 36, 'yieldfrom/study': 44, 'yieldfrom/testing': 47.5, 'yieldfrom/engine/sqlite': 51,
}
/** An adapter uses what the program has of the core already. Half of it are checks of what it gets, which a program shares with the core. */
const ADAPTER = 2.5

/** Kilobytes, for these names of the core. */
const PROGRAMS = [
  { names: ['getCurrent', 'greenlet'], limit: 10.5 },
  { names: ['yieldFrom', 'coroutine', 'pyGenerator'], limit: 7.5 },
  { names: ['Lock'], limit: 28 },
  { names: ['run', 'sleep'], limit: 46 },
  { names: ['run', 'createTask', 'sleep', 'gather'], limit: 46 },
  { names: ['run', 'sleep', 'TaskGroup', 'use', 'Queue'], limit: 52 },
]

const folder = mkdtempSync(join(tmpdir(), 'yieldfrom-sizes-'))
const pathOf = door => resolve('dist/esm', `${doors.find(({ name }) => name === door).path}.js`)
const external = ['node:*']

async function byEsbuild(entry) {
  const { outputFiles: [file] } = await build({ entryPoints: [entry], bundle: true, minify: true, format: 'esm', target: 'es2022', external, write: false, logLevel: 'error' })
  return file.text
}

async function byRollup(entry) {
  // What the plugin of rollup that resolves packages reads in our package.json: `"sideEffects": false`.
  const bundle = await rollup({ input: entry, treeshake: { moduleSideEffects: file => file === entry } })
  const { output: [{ code }] } = await bundle.generate({ format: 'es' })
  await bundle.close()
  return (await transform(code, { minify: true, format: 'esm', target: 'es2022' })).code
}

async function byWebpack(entry) {
  const compiler = webpack({
    mode: 'production', context: folder, entry, target: ['web', 'es2022'],
    experiments: { outputModule: true }, output: { path: folder, filename: 'webpack.mjs', library: { type: 'module' } },
  })
  const stats = await promisify(compiler.run.bind(compiler))()
  await promisify(compiler.close.bind(compiler))()
  if (stats.hasErrors()) throw new Error(stats.toString('errors-only'))
  return readFileSync(join(folder, 'webpack.mjs'), 'utf8')
}

let over = 0

function report(what, text, limit) {
  const size = gzipSync(text, { level: 9 }).length / 1000
  if (size > limit) over++
  console.log(`${size > limit ? '✗' : '✓'} ${size.toFixed(1).padStart(5)} of ${String(limit).padEnd(4)} kB  ${what}`)
}

function entryOf(names, door) {
  const entry = join(folder, 'entry.mjs')
  writeFileSync(entry, `export ${names} from '${pathOf(door)}'\n`)
  return entry
}

try {
  for (const { name } of doors) {
    if (!FOR_NODE.includes(name)) report(name, await byEsbuild(entryOf('*', name)), LIMITS[name] ?? ADAPTER)
  }
  for (const { names, limit } of PROGRAMS) {
    for (const [bundler, bundle] of Object.entries({ esbuild: byEsbuild, rollup: byRollup, webpack: byWebpack })) {
      report(`${names.join(', ')}, by ${bundler}`, await bundle(entryOf(`{ ${names.join(', ')} }`, 'yieldfrom')), limit)
    }
  }
} finally {
  rmSync(folder, { recursive: true })
}
if (over > 0) {
  console.error(`${over} of them are over their limit. The limits are in .ci/sizes.mjs`)
  process.exitCode = 1
}
