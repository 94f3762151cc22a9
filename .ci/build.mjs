// Makes what package.json's `exports` names:
//
//   dist/esm    the modules of lib/, one by one, for bundlers: what is not used is left out; and the types
//   dist/node   all modules in one, for Node: many small files take long to import, and what one file imports from
//               another is no constant to V8
//   dist/cjs    the same as CommonJS, with its types
import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { rollup } from '@rollup/wasm-node'

const DOORS = ['index', 'greenlet/index', 'testing/index']

const tsc = (...options) => execFileSync('npx', ['tsc', '-p', 'lib', ...options], { stdio: 'inherit' })

rmSync('dist', { recursive: true, force: true })
tsc('--outDir', 'dist/esm', '--module', 'esnext')
tsc('--outDir', 'dist/cjs', '--module', 'commonjs', '--emitDeclarationOnly')

tsc('--outDir', 'dist/bare', '--module', 'esnext', '--declaration', 'false', '--removeComments')
const input = Object.fromEntries(DOORS.map(door => [door, `dist/bare/${door}.js`]))
const bundle = await rollup({ input, treeshake: false })
const manualChunks = module => DOORS.some(door => module.endsWith(`bare/${door}.js`)) ? null : 'yieldfrom'
for (const [folder, format] of [['node', 'esm'], ['cjs', 'cjs']]) {
  await bundle.write({ dir: `dist/${folder}`, format, chunkFileNames: '[name].js', manualChunks })
}
rmSync('dist/bare', { recursive: true })

for (const [folder, type] of [['esm', 'module'], ['node', 'module'], ['cjs', 'commonjs']]) {
  writeFileSync(`dist/${folder}/package.json`, `${JSON.stringify({ type })}\n`)
}
