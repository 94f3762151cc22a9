import fc from 'fast-check'
import { GeneratorExit, StopIteration, pyGenerator, yieldFrom } from '../../lib/index.ts'
import { ReferenceGenerator, expansion } from './pep380.ts'
import { runs } from '../support/thorough.ts'

/** What the body of a random generator does, one after the other. */
type Step =
  | { readonly kind: 'yield'; readonly value: number }
  | { readonly kind: 'delegate'; readonly body: Step[]; readonly native: boolean }
  | { readonly kind: 'try'; readonly body: Step[]; readonly handler: Step[] | null; readonly cleanup: Step[] }
  | { readonly kind: 'return' | 'raise' | 'stop'; readonly value: number }

/** What is done to it from outside. */
type Command = { readonly kind: 'send' | 'throw'; readonly value: number } | { readonly kind: 'exit' | 'close' }

const { steps } = fc.letrec<{ steps: Step[]; step: Step }>(tie => ({
  steps: fc.array(tie('step'), { maxLength: 4, depthIdentifier: 'tree' }),
  step: fc.oneof({ depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('yield' as const), value: fc.nat(99) }),
    fc.record({ kind: fc.constant('delegate' as const), body: tie('steps'), native: fc.boolean() }),
    fc.record({ kind: fc.constant('try' as const), body: tie('steps'), handler: fc.option(tie('steps')), cleanup: tie('steps') }),
    fc.record({ kind: fc.constantFrom('return' as const, 'raise' as const, 'stop' as const), value: fc.nat(99) })),
}))

const commands = (kinds: Command['kind'][]) => fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), value: fc.nat(99) }), { minLength: 1, maxLength: 12 })

type Delegate = (body: Generator<unknown, unknown>, native: boolean) => Generator<unknown, unknown>

/** A generator that does these steps, noting all that comes to it. */
function* build(body: Step[], delegate: Delegate, log: unknown[], depth = 0): Generator<unknown, unknown> {
  for (const step of body) {
    switch (step.kind) {
      case 'yield':
        log.push([depth, 'got', yield step.value])
        break
      case 'delegate':
        log.push([depth, 'result', yield* delegate(build(step.body, delegate, log, depth + 1), step.native)])
        break
      case 'try':
        try {
          const result: unknown = yield* build(step.body, delegate, log, depth)
          if (result !== undefined) return result
        } catch (error) {
          log.push([depth, 'caught', String(error)])
          if (step.handler === null) throw error
          yield* build(step.handler, delegate, log, depth)
        } finally {
          log.push([depth, 'finally'])
          yield* build(step.cleanup, delegate, log, depth)
        }
        break
      case 'return': return step.value
      case 'raise': throw new Error(`raised ${String(step.value)}`)
      case 'stop': throw new StopIteration(step.value)
    }
  }
  return undefined
}

interface Driven {
  send(value: unknown): IteratorResult<unknown, unknown>
  throw(error: unknown): IteratorResult<unknown, unknown>
  close(): unknown
}

/** Do the commands, and note what comes of each. */
function drive(generator: Driven, todo: Command[], log: unknown[]): unknown[] {
  const attempt = (what: () => unknown) => {
    try {
      log.push(['out', what()])
    } catch (error) {
      log.push(['out', String(error)])
    }
  }
  attempt(() => generator.send(undefined))
  for (const command of todo) {
    switch (command.kind) {
      case 'send': attempt(() => generator.send(command.value)); break
      case 'throw': attempt(() => generator.throw(new Error(`thrown ${String(command.value)}`))); break
      case 'exit': attempt(() => generator.throw(new GeneratorExit())); break
      case 'close': attempt(() => generator.close())
    }
  }
  return log
}

const owned: Delegate = (body, native) => native ? yieldFrom(pyGenerator(body)) as Generator : yieldFrom(body) as Generator

describe('a random tree of generators', () => {
  it('does what the expansion of PEP 380 does, on send, throw, GeneratorExit and close', () => {
    fc.assert(fc.property(steps, commands(['send', 'throw', 'exit', 'close']), (body, todo) => {
      const log: unknown[] = []
      const here = drive(pyGenerator(build(body, owned, log)) as Driven, todo, log)
      const referenceLog: unknown[] = []
      const reference = drive(
        new ReferenceGenerator(build(body, child => expansion(new ReferenceGenerator(child)), referenceLog)), todo, referenceLog)
      expect(here).toEqual(reference)
    }), { numRuns: runs(3000) })
  })

  it('does what native yield* does, on send and throw, where the two languages agree', () => {
    const agrees = (body: Step[]): boolean => body.every(step => step.kind !== 'stop' &&
      (step.kind !== 'delegate' || agrees(step.body)) &&
      (step.kind !== 'try' || (agrees(step.body) && agrees(step.cleanup) && agrees(step.handler ?? []))))
    fc.assert(fc.property(steps.filter(agrees), commands(['send', 'throw']), (body, todo) => {
      const log: unknown[] = []
      const mixed: Delegate = (child, native) => native ? child : yieldFrom(child) as Generator
      const here = drive(pyGenerator(build(body, mixed, log)) as Driven, todo, log)
      const nativeLog: unknown[] = []
      const native = build(body, child => child, nativeLog)
      const reference = drive({ send: v => native.next(v), throw: e => native.throw(e), close: () => undefined }, todo, nativeLog)
      expect(here).toEqual(reference)
    }), { numRuns: runs(3000) })
  })
})
