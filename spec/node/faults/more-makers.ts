/** Resources that are there for the specs of faults alone: one tells what is left open, one lets its thread die. */
import { readdirSync } from 'node:fs'
import { IoSide } from '../../../lib/node/io/io-side.ts'
import { makers } from '../../../lib/node/io/makers.ts'
import type { Maker } from '../../../lib/node/io/resource.ts'

const sides = new Set<IoSide>()
const open: IoSide['open'] = Reflect.get<IoSide, 'open'>(IoSide.prototype, 'open')
IoSide.prototype.open = function (this: IoSide, ...args: Parameters<IoSide['open']>): void {
  sides.add(this)
  open.apply(this, args)
}

/** What is open in this thread, and of the process. */
export interface Open {
  readonly resources: readonly string[]
  readonly descriptors: number
  readonly served: number
}

function whatIsOpen(): Open {
  let served = 0
  for (const side of sides) served += (side as unknown as { resources: Map<number, unknown> }).resources.size
  return { resources: process.getActiveResourcesInfo().sort(), descriptors: readdirSync('/proc/self/fd').length, served }
}

const tellWhatIsOpen: Maker = (_: unknown, reporter) => {
  setImmediate(() => {
    reporter.report('done', whatIsOpen())
    reporter.ended()
  })
  return { do: () => undefined }
}

const die: Maker = ({ how }: { how: 'throw' | 'reject' | 'exit' | 'out of memory' | 'stop' }) => {
  switch (how) {
    case 'throw': setImmediate(() => { throw new RangeError('thrown in the thread') }); break
    case 'reject': void Promise.reject(new RangeError('rejected in the thread')); break
    case 'exit': setImmediate(() => process.exit(3)); break
    case 'out of memory': setImmediate(() => { for (const all: unknown[] = []; ;) all.push(new Array(2_000_000).fill(0.5)) })
  }
  return { do: () => undefined }
}

Object.assign(makers, { 'what is open': tellWhatIsOpen, 'death': die })

