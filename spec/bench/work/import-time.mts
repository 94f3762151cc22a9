import { execFileSync } from 'node:child_process'

const program = (path: string): string => `
const start = process.cpuUsage()
await import('${path}')
const { user, system } = process.cpuUsage(start)
console.log((user + system) / 1000)
`

/** Milliseconds of the processor that a new process takes to import a module: the least of several. */
export function importTime(path: string): number {
  const args = ['--input-type=module', '-e', program(path)]
  const once = (): number => Number(execFileSync(process.execPath, args, { encoding: 'utf8' }))
  return Math.min(...Array.from({ length: 5 }, once))
}
