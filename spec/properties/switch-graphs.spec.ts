import fc from 'fast-check'
import { type Coroutine, Greenlet, GreenletExit, getCurrent, setTrace } from '../../lib/index.ts'
import { runs } from '../support/thorough.ts'

/** What a random greenlet does, one after the other. Numbers choose a greenlet out of those there are. */
type Action =
  | { readonly kind: 'switch' | 'throw' | 'exit' | 'reparent'; readonly to: number }
  | { readonly kind: 'make'; readonly script: number }
  | { readonly kind: 'reparentOther'; readonly who: number; readonly to: number }

interface Script {
  readonly actions: Action[]
  readonly ending: 'return' | 'raise' | 'exit'
}

const index = fc.nat(20)
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('switch' as const), to: index }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('throw' as const, 'exit' as const, 'reparent' as const), to: index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('make' as const), script: index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reparentOther' as const), who: index, to: index }) })

const scripts: fc.Arbitrary<Script[]> = fc.array(fc.record({
  actions: fc.array(action, { maxLength: 8 }),
  ending: fc.constantFrom('return' as const, 'raise' as const, 'exit' as const),
}), { minLength: 1, maxLength: 6 })

/** A value or error on its way: each is made once, and must arrive once, at once. */
class Parcel {
  arrivals = 0
}

/** `expect()` would take most of the time. */
function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`broken: ${what}`)
}

const MOST_GREENLETS = 40

describe('a random graph of switches', () => {
  it('keeps one current greenlet, parents without a cycle, and brings every value to one place, once', () => {
    fc.assert(fc.property(scripts, given => {
      const main = getCurrent()
      const all: Greenlet[] = []
      const parcels: Parcel[] = []
      let onTheWay: Parcel | GreenletExit | null = null
      let expected: Greenlet | null = null
      let traced = 0

      const invariants = () => {
        check(onTheWay === null, 'nothing is on its way')
        for (const g of all) {
          const seen = new Set<Greenlet>()
          for (let up: Greenlet | null = g; up !== null; up = up.parent) {
            check(!seen.has(up), 'parents have no cycle')
            seen.add(up)
          }
          check(seen.has(main), 'main is the last ancestor')
          check(!(g.active && g.dead), 'the dead are not active')
        }
      }
      const send = <P extends Parcel | GreenletExit>(parcel: P, target: Greenlet | null): P => {
        invariants()
        onTheWay = parcel
        if (parcel instanceof Parcel) parcels.push(parcel)
        expected = target
        while (expected?.dead) expected = expected.parent
        return parcel
      }
      const receive = (thing: unknown) => {
        // G15: an exit thrown into a dead greenlet starts an ancestor that has not started, without arguments.
        check(thing === onTheWay || (onTheWay instanceof GreenletExit && thing === undefined), 'what was sent arrives')
        if (thing instanceof Parcel) thing.arrivals++
        onTheWay = null
        check(expected === null || getCurrent() === expected, 'it arrives where it was sent')
      }
      const pick = (n: number) => [main, ...all][n % (all.length + 1)] as Greenlet
      const make = (n: number) => {
        const script = given[n % given.length] as Script
        if (all.length >= MOST_GREENLETS) return
        all.push(new Greenlet(function* (first: unknown) {
          receive(first)
          yield* perform(script.actions)
          const self = getCurrent()
          switch (script.ending) {
            case 'return': return send(new Parcel(), null)
            case 'raise': throw send(new Parcel(), null)
            case 'exit': throw send(new GreenletExit(self.toString()), null)
          }
        }))
      }
      function* perform(actions: Action[]): Coroutine<void> {
        for (const step of actions) {
          try {
            switch (step.kind) {
              case 'switch':
                receive(yield* pick(step.to).switch(send(new Parcel(), pick(step.to))))
                break
              case 'throw':
                receive(yield* pick(step.to).throw(send(new Parcel(), null)))
                break
              case 'exit':
                receive(yield* pick(step.to).throw(send(new GreenletExit(), null)))
                break
              case 'make': make(step.script); break
              case 'reparent': tryToReparent(getCurrent(), pick(step.to)); break
              case 'reparentOther': tryToReparent(pick(step.who), pick(step.to))
            }
          } catch (error) {
            receive(error)
          }
        }
      }
      const tryToReparent = (g: Greenlet, parent: Greenlet) => {
        const before = g.parent
        try {
          g.parent = parent
        } catch (error) {
          check(['ValueError', 'AttributeError'].includes((error as Error).name), 'refused with a named error')
          check(g.parent === before, 'a refused parent changes nothing')
        }
      }

      setTrace((_, [, target]) => {
        traced++
        check(getCurrent() === target, 'the target is current when the tracer is told')
      })
      try {
        given.forEach((_, i) => { make(i) })
        for (let round = 0; round < 20; round++) {
          const target = all[round % all.length] as Greenlet
          try {
            receive(target.resume(send(new Parcel(), null)))
          } catch (error) {
            if (error !== onTheWay) throw error
            receive(error)
          }
          check(getCurrent() === main, 'a drive ends in main')
          invariants()
        }
      } finally {
        setTrace(null)
      }
      expect(traced).toBeGreaterThan(0)
      expect(parcels.filter(parcel => parcel.arrivals !== 1)).toEqual([])
    }), { numRuns: runs(1000) })
  })
})
