// Runs the specs of `yieldfrom/node` by other versions of Node, which are installed from npm into a folder of their own:
// `npm run nodes`, or `npm run nodes -- 22`.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

const given = process.argv.slice(2)
const failed = []
for (const version of given.length > 0 ? given : ['22', '24']) {
  const folder = mkdtempSync(join(tmpdir(), `node-${version}-`))
  try {
    execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--silent', `node@${version}`], { stdio: 'inherit' })
    const node = join(folder, 'node_modules/node/bin/node')
    console.log(`\nspec/node by Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}`)
    const { status } = spawnSync(node, [
      'node_modules/jest/bin/jest.js', '--selectProjects', 'node', '--testPathPatterns', 'spec/node', '--maxWorkers', '1',
    ], { stdio: 'inherit', env: { ...process.env, PATH: dirname(node) + delimiter + (process.env.PATH ?? '') } })
    if (status !== 0) failed.push(version)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
if (failed.length > 0) {
  console.error(`failed by Node ${failed.join(' and ')}`)
  process.exitCode = 1
}
