import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { command } from '../peers/interpreters.mts'
import type { Group } from './group.mts'
import type { Sample } from './measure.mts'
import type { Answer, Order } from './worker.mts'

/** A group, and the file it is in. */
export interface Located {
  readonly file: string
  readonly group: Group
}

/** By the names of the entries. */
export type Samples = Readonly<Record<string, Sample>>

/** Let a process of its own measure an entry, with the build of the library in that folder. */
export function measureApart(root: string, order: Order): Answer {
  const worker = resolve(root, 'dist/bench/harness/worker.mjs')
  const flags = ['--expose-gc', ...order.quick === true ? ['--single-threaded'] : []] // less depends on the machine
  const printed = execFileSync(process.execPath, [...flags, worker, JSON.stringify(order)], {
    cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'],
  })
  return JSON.parse(printed.trimEnd().split('\n').at(-1) as string) as Answer
}

/** One round with everything: the entries, the libraries, and then the programs. */
export function fullRound({ file, group }: Located): Samples {
  const { title, entries, libraries = [], programs = [] } = group
  const orders: Order[] = [...entries.map(({ name }) => ({ file, title, name })), ...libraries]
  const samples: Record<string, Sample> = {}
  for (const order of orders) {
    const answer = measureApart(process.cwd(), order)
    if ('name' in answer) samples[answer.name] = answer
  }
  for (const program of programs) {
    const [interpreter, ...args] = command(program)
    if (interpreter === undefined) continue
    const figure = Number(execFileSync(interpreter, args, { encoding: 'utf8' }))
    samples[program.name] = { usual: figure, least: figure }
  }
  return samples
}
