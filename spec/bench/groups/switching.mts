import { type Greenlet, getCurrent, greenlet } from 'yieldfrom/greenlet'
import { type Group, program } from '../harness/group.mts'

const OPS = 10_000

function* adder(): Generator<number, never, number> {
  let sum = 0
  for (;;) sum += yield sum
}

/** `count` generators, resumed in turn by a plain loop. */
function rawResumes(count: number): () => unknown {
  const ring = Array.from({ length: count }, adder)
  for (const generator of ring) generator.next()
  let sum = 0
  return () => {
    const before = sum
    for (let n = 0; n < OPS; n++) sum = ring[n % count]?.next(1).value ?? NaN
    return (sum - before) * count
  }
}

/** `count` greenlets that switch to each other in turn. */
function switches(count: number): () => unknown {
  const main = getCurrent()
  const ring: Greenlet[] = []
  let made = 0
  for (let i = 0; i < count; i++) {
    ring.push(greenlet(function* () {
      const following = ring[(i + 1) % count] as Greenlet
      for (;;) {
        for (let n = 0; n < OPS / count; n++) {
          made++
          yield* following.switch(n)
        }
        if (i === 0) yield* main.switch()
      }
    }))
  }
  return () => {
    const before = made
    ring[0]?.resume()
    return made - before
  }
}

const group = (count: number): Group => ({
  title: `switch between ${String(count)} greenlets`,
  anchor: 'raw generator.next()',
  entries: [
    { name: 'raw generator.next()', ops: OPS, gives: OPS, prepare: () => rawResumes(count), kind: 'plain' },
    { name: 'switch', ops: OPS, gives: OPS, prepare: () => switches(count) },
  ],
  programs: [
    program('C greenlet', 'greenlet', 'python/switch_greenlet.py', count),
    program('Lua 5.4 resume and yield', 'lua', 'switch_lua.lua', count),
  ],
  targets: [
    { of: 'switch', per: 'raw generator.next()', atMost: 3 },
    { of: 'switch', per: 'C greenlet', atMost: 0.5 },
  ],
  watched: ['switch'],
})

export const groups: readonly Group[] = [group(2), group(1000)]
