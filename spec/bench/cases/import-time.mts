import { execFileSync } from 'node:child_process'

/** The first import of all sets Node's loader to work, which is nobody's fault. */
const program = (path: string): string => `
await import('./dist/bench/cases/nothing.mjs')
const start = process.cpuUsage()
await import('${path}')
const { user, system } = process.cpuUsage(start)
console.log((user + system) / 1000)
`

/** Milliseconds of the processor that a module takes to import, once another has been: the least of several processes. */
export function importTime(path: string): number {
  const args = ['--input-type=module', '-e', program(path)]
  const once = (): number => Number(execFileSync(process.execPath, args, { encoding: 'utf8' }))
  return Math.min(...Array.from({ length: 5 }, once))
}
