// Makes what package.json's `exports` names: dist/esm and dist/cjs, each with its types.
import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'

rmSync('dist', { recursive: true, force: true })
for (const [folder, type, module] of [['esm', 'module', 'esnext'], ['cjs', 'commonjs', 'commonjs']]) {
  execFileSync('npx', ['tsc', '-p', 'lib', '--outDir', `dist/${folder}`, '--module', module], { stdio: 'inherit' })
  writeFileSync(`dist/${folder}/package.json`, `${JSON.stringify({ type })}\n`)
}
