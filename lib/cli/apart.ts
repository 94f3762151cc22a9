import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StudyEvent } from '../study/event.ts'
import { HOME } from './program-files.ts'

/** What a program has done in another process. */
export interface Apart {
  readonly events: readonly StudyEvent[]
  readonly failed: boolean
}

/** The exit code of a program that Ctrl-C has ended: what it did until then is worth a look. */
const INTERRUPTED = 130

/**
 * Run a program in another process, and record what it does. Whatever ends it, such as `process.exit()` or Ctrl-C, this process goes on.
 * @param file its whole path.
 * @param args what stands in `process.argv` behind it.
 */
export function recordApart(file: string, args: readonly string[], { limit }: { readonly limit?: number } = {}): Apart {
  const folder = mkdtempSync(join(tmpdir(), 'yieldfrom-'))
  const path = join(folder, 'events.ndjson')
  const command = [join(HOME, 'dist/cjs/cli/main.js'), 'trace', file, '--silent', '--ndjson', path, ...limit === undefined ? [] : ['--limit', String(limit)], '--', ...args]
  const ignore = (): void => { /* it is meant for the other process */ }
  process.on('SIGINT', ignore)
  try {
    const { status } = spawnSync(process.execPath, [...process.execArgv, ...command], { stdio: ['ignore', 'ignore', 'inherit'] })
    return { events: existsSync(path) ? eventsIn(readFileSync(path, 'utf8')) : [], failed: status !== 0 && status !== INTERRUPTED }
  } finally {
    setImmediate(() => process.off('SIGINT', ignore))
    rmSync(folder, { recursive: true })
  }
}

/** The events of a file with one on each line. Those of the library's own work are left out. */
function eventsIn(text: string): StudyEvent[] {
  return text.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as StudyEvent).filter(({ internal }) => internal !== true)
}
