import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

const root = join(__dirname, '../..')
const folders = ['greenlet', 'yield-from', 'asyncio', 'trio']

/**
 * One script without imports: the whole library, the conformance programs, and the stories of `stories.ts`. It prints, by
 * the global function `print`, a line for each program. @returns where it lies.
 */
export function bundle(): string {
  const files = folders.flatMap(folder => readdirSync(join(root, 'spec/conformance', folder))
    .filter(file => file.endsWith('.ts')).map(file => ({ folder, file: basename(file, '.ts') })))
  const entry = [
    "import * as library from './lib/index.ts'",
    "import * as greenlets from './lib/greenlet/index.ts'",
    "import * as testing from './lib/testing/index.ts'",
    "import { printTraces } from './spec/engines/print-traces.ts'",
    "import { programs as stories } from './spec/engines/stories.ts'",
    ...files.map(({ folder, file }, i) => `import { programs as programs${i} } from './spec/conformance/${folder}/${file}.ts'`),
    "print('exports\\u0001' + [library, greenlets, testing].map(door => Object.keys(door).length > 5).join(' '))",
    "printTraces('engines/stories', stories)",
    ...files.map(({ folder, file }, i) => `printTraces('${folder}/${file}', programs${i})`),
  ].join('\n')
  const outfile = join(mkdtempSync(join(tmpdir(), 'yieldfrom-')), 'bundle.js')
  execFileSync(join(root, 'node_modules/.bin/esbuild'),
    ['--bundle', '--format=iife', '--target=es2020', '--loader=ts', '--log-level=warning', '--charset=utf8', '--keep-names', '--banner:js="use strict";', `--outfile=${outfile}`],
    { cwd: root, input: entry })
  return outfile
}

/** What a program logged in some engine, by its file and title. */
export type Traces = Map<string, string[]>

/** Run the bundle by a command, and read what it prints. */
export function tracesIn(command: string, ...args: string[]): Traces {
  const output = execFileSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] })
  return new Map(output.split('\n').filter(line => line !== '').map(line => {
    const [title, ...logged] = line.split('\u0001').map(text => text.split('\u0002').join('\n')) as [string, ...string[]]
    return [title, logged]
  }))
}
