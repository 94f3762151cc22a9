// Makes what package.json's `exports` names. Which doors there are is read from there, and from nowhere else.
//
//   dist/esm    the modules of lib/, one by one, for bundlers: what is not used is left out; and the types
//   dist/cjs    CommonJS for Node, a file for each family of doors: many small files take long to load, and what one file
//               has from another is no constant to V8; and the types
//               The programs of other threads lie there, too.
//   dist/node   ES modules for Node, which only pass on what dist/cjs has: `import` and `require` give the same classes
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { rollup } from '@rollup/wasm-node'
import { doors } from './doors.mjs'

/** A folder of lib/ with a file of its own in dist/cjs. What lies elsewhere is the core, which any of these may use. */
const FAMILIES = ['cli', 'engine', 'eslint', 'node', 'promise', 'study']
const CORE = 'yieldfrom'

const tsc = (...options) => execFileSync('node', ['node_modules/typescript/bin/tsc', '-p', 'lib', ...options], { stdio: 'inherit' })

rmSync('dist', { recursive: true, force: true })
tsc('--outDir', 'dist/esm', '--module', 'esnext')
tsc('--outDir', 'dist/cjs', '--module', 'commonjs', '--emitDeclarationOnly')

tsc('--outDir', 'dist/bare', '--module', 'esnext', '--declaration', 'false', '--removeComments')
/** The programs of other threads and processes: each is a file beside those that start it. */
const THREADS = 'node/programs'
const threads = readdirSync(`dist/bare/${THREADS}`).map(file => file.replace(/\.js$/, ''))
/** The commands of the package, and what Node's module loader and the thread that takes Ctrl-C get of them. */
const COMMANDS = ['cli/main', 'cli/loader', 'cli/interrupt-thread']
const input = Object.fromEntries([
  ...COMMANDS.map(path => [path, `dist/bare/${path}.js`]),
  ...doors.map(({ path }) => [path, `dist/bare/${path}.js`]),
  ...threads.map(name => [name, `dist/bare/${THREADS}/${name}.js`]),
])
/** TypeScript's helper for `import()` asks for `this`, and does without. */
const onwarn = warning => { if (warning.code !== 'THIS_IS_UNDEFINED') console.warn(warning.message) }
const isEntryFile = file => file.startsWith(`${THREADS}/`) || COMMANDS.some(path => file === `${path}.js`) || doors.some(({ path }) => file === `${path}.js`)
const familyOf = file => FAMILIES.find(family => file.startsWith(`${family}/`)) ?? CORE
const bundle = await rollup({ input, treeshake: false, onwarn, external: name => /^[a-z]/.test(name) && !name.startsWith('dist/') })
const { output } = await bundle.write({
  dir: 'dist/cjs',
  format: 'cjs',
  interop: 'compat', // a package may have a default export, or be one
  chunkFileNames: '[name].js',
  manualChunks: module => {
    const file = module.slice(module.indexOf('dist/bare/') + 'dist/bare/'.length)
    return isEntryFile(file) ? null : familyOf(file)
  },
})
rmSync('dist/bare', { recursive: true })

for (const { fileName, isEntry, exports } of output) {
  if (!isEntry || threads.includes(fileName.replace(/\.js$/, '')) || COMMANDS.includes(fileName.replace(/\.js$/, ''))) continue
  mkdirSync(dirname(`dist/node/${fileName}`), { recursive: true })
  const source = relative(dirname(`dist/node/${fileName}`), `dist/cjs/${fileName}`)
  writeFileSync(`dist/node/${fileName}`, `export {\n${exports.map(name => `  ${name},\n`).join('')}} from '${source}'\n`)
}

const { sideEffects } = JSON.parse(readFileSync('package.json', 'utf8'))
for (const [folder, type] of [['esm', 'module'], ['node', 'module'], ['cjs', 'commonjs']]) {
  writeFileSync(`dist/${folder}/package.json`, `${JSON.stringify({ type, sideEffects })}\n`)
}
