import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Peer } from './harness.mts'

const folder = join(process.cwd(), 'spec/bench/peers')

/** The interpreter that works, out of several, or `undefined`. */
function find(candidates: readonly string[], probe: readonly string[]): string | undefined {
  return candidates.find(candidate => {
    try {
      execFileSync(candidate, probe, { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
}

const python = find(['python3', '/usr/bin/python3'], ['-c', 'import greenlet'])
const lua = find(['lua5.4', 'lua'], ['-e', 'assert(_VERSION == "Lua 5.4")'])

const peer = (name: string, interpreter: string | undefined, file: string, ...args: string[]): Peer =>
  ({ name, command: interpreter === undefined ? null : [interpreter, join(folder, file), ...args] })

export const greenletSwitch = (count: number): Peer => peer('C greenlet', python, 'switch_greenlet.py', String(count))
export const luaResume = (count: number): Peer => peer('Lua 5.4 resume and yield', lua, 'switch_lua.lua', String(count))

/** What is not installed here, in words. */
export const missing: string[] = [
  ...(python === undefined ? ['greenlet for Python (apt-get install python3-greenlet)'] : []),
  ...(lua === undefined ? ['Lua 5.4 (apt-get install lua5.4)'] : []),
]
