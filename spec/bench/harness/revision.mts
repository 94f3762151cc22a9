import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** Build a revision in a folder of its own, with the suite of today beside it, and work with it there. */
export function withRevision(revision: string, work: (folder: string) => void): void {
  const here = resolve('.')
  const commit = execFileSync('git', ['rev-parse', '--verify', `${revision}^{commit}`], { encoding: 'utf8' }).trim()
  const folder = mkdtempSync(join(tmpdir(), 'yieldfrom-'))
  try {
    execFileSync('git', ['clone', '--quiet', '--no-checkout', here, folder])
    execFileSync('git', ['-C', folder, 'checkout', '--quiet', '--detach', commit])
    symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'))
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
    cpSync(join(here, 'dist/bench'), join(folder, 'dist/bench'), { recursive: true })
    cpSync(join(here, 'spec/bench'), join(folder, 'spec/bench'), { recursive: true })
    work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
