import { type Greenlet, getCurrent, greenlet } from 'yieldfrom/greenlet'
import type { Group } from './harness.mts'
import { greenletSwitch, luaResume } from './peers.mts'

const OPS = 10_000

/** `count` generators, resumed in turn by a plain loop. */
function rawResumes(count: number): () => unknown {
  const ring = Array.from({ length: count }, () => (function* (): Generator<number, never, number> {
    let sum = 0
    for (;;) sum += yield sum
  })())
  for (const generator of ring) generator.next()
  return () => {
    let last: unknown
    for (let n = 0; n < OPS; n++) last = ring[n % count]?.next(1)
    return last
  }
}

/** `count` greenlets that switch to each other in turn. */
function switches(count: number): () => unknown {
  const main = getCurrent()
  const ring: Greenlet[] = []
  for (let i = 0; i < count; i++) {
    ring.push(greenlet(function* () {
      const following = ring[(i + 1) % count] as Greenlet
      for (;;) {
        for (let n = 0; n < OPS / count; n++) yield* following.switch(n)
        if (i === 0) yield* main.switch()
      }
    }))
  }
  return () => ring[0]?.resume()
}

const group = (count: number): Group => ({
  title: `switch between ${String(count)} greenlets`,
  anchor: 'raw generator.next()',
  cases: [
    { name: 'raw generator.next()', ops: OPS, run: rawResumes(count) },
    { name: 'switch', ops: OPS, run: switches(count) },
  ],
  peers: [greenletSwitch(count), luaResume(count)],
  targets: [
    { of: 'switch', per: 'raw generator.next()', atMost: 3 },
    { of: 'switch', per: 'C greenlet', atMost: 0.5 },
  ],
})

export const groups: Group[] = [group(2), group(1000)]
