import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(__dirname, '../..')

/** A script without imports, strict as a module is. */
export function bundled(entry: string): string {
  const outfile = join(mkdtempSync(join(tmpdir(), 'yieldfrom-')), 'bundle.js')
  execFileSync(join(root, 'node_modules/.bin/esbuild'),
    ['--bundle', '--format=iife', '--target=es2020', '--loader=ts', '--log-level=warning', '--banner:js="use strict";', `--outfile=${outfile}`], { cwd: root, input: entry })
  return outfile
}
