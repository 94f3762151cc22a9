/** What runs the peers in other languages, where it is installed. */
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Interpreter, Program } from '../harness/group.mts'

interface Found {
  readonly path: string
  /** What it says of itself. */
  readonly version: string
}

interface Search {
  readonly candidates: () => readonly string[]
  /** Arguments for a program that prints the versions, and fails where something is missing. */
  readonly probe: readonly string[]
  /** What is missing, if none can. */
  readonly wanted: string
}

const searches: Record<Interpreter, Search> = {
  asyncio: {
    candidates: pythons,
    probe: ['-c', 'import asyncio, platform; print("CPython", platform.python_version())'],
    wanted: 'CPython',
  },
  uvloop: python('uvloop', 'python3-uvloop'),
  trio: python('trio', 'python3-trio'),
  gevent: python('gevent', 'python3-gevent'),
  greenlet: python('greenlet', 'python3-greenlet'),
  simpy: python('simpy', 'python3-simpy3'),
  lua: {
    candidates: () => ['lua5.4', 'lua'],
    probe: ['-e', 'assert(_VERSION == "Lua 5.4") print(_VERSION)'],
    wanted: 'Lua 5.4 (apt-get install lua5.4)',
  },
}

const names = Object.keys(searches) as Interpreter[]
const found = new Map<Interpreter, Found | undefined>()

/** The command of a program; empty where its interpreter is not installed. */
export function command({ by, file, args }: Program): readonly string[] {
  const interpreter = find(by)
  return interpreter === undefined ? [] : [interpreter.path, join('spec/bench/peers', file), ...args.map(String)]
}

/** What is installed here, in words. */
export function installed(): string[] {
  return names.flatMap(name => find(name) === undefined ? [] : [`${name}: ${find(name)?.version ?? ''}`])
}

/** What is not. */
export function missing(): string[] {
  return names.filter(name => find(name) === undefined).map(name => searches[name].wanted)
}

function find(name: Interpreter): Found | undefined {
  if (!found.has(name)) found.set(name, search(searches[name]))
  return found.get(name)
}

function search({ candidates, probe }: Search): Found | undefined {
  for (const path of candidates()) {
    try {
      const version = execFileSync(path, probe, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      return { path, version: version.trim() }
    } catch { /* not this one */ }
  }
  return undefined
}

/** A Python that has the module, which Debian calls otherwise. */
function python(module: string, debian: string): Search {
  const program = `
import ${module}, platform
print(${module}.__version__, "in CPython", platform.python_version())`
  return { candidates: pythons, probe: ['-c', program], wanted: `${module} (apt-get install ${debian})` }
}

/** The newest Python first: those of pyenv, then the one on the path, then that of the system. */
function pythons(): string[] {
  const folder = join(homedir(), '.pyenv/versions')
  return [...versionsIn(folder).map(version => join(folder, version, 'bin/python3')), 'python3', '/usr/bin/python3']
}

function versionsIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(name => /^3\.\d+\.\d+$/.test(name)).sort(newestFirst)
  } catch {
    return []
  }
}

function newestFirst(a: string, b: string): number { return b.localeCompare(a, 'en', { numeric: true }) }
