import { type PyGenerator, StopIteration, coroutine, pyGenerator, yieldFrom } from '../../../lib/index.ts'
import { type ErrorName, errors } from '../errors.ts'
import type { Trace } from '../trace.ts'
import { makeIterator } from './iterator.ts'
import type { Command, Program, Statement, Thing } from './programs.ts'

export type Body = (world: World, me: string, statements: readonly Statement[]) => Generator

/** The things of a program, and what can be done to them. */
export class World {
  private readonly shared = new Map<number, unknown>()
  private readonly driven: PyGenerator[] = []
  private made = 0

  constructor(readonly program: Program, readonly trace: Trace, private readonly body: Body) {
    program.things.forEach((thing, i) => {
      if (canBeShared(thing)) this.shared.set(i, this.make(thing, String(i)))
    })
  }

  delegation(to: number, fresh: boolean): Generator {
    const index = to % this.program.things.length
    const thing = this.program.things[index] as Thing
    if (!fresh && canBeShared(thing)) return yieldFrom(this.shared.get(index) as Generator)
    const made = this.make(thing, `${index}.${++this.made}`) as Generator
    return isCoroutine(thing) ? made : yieldFrom(made)
  }

  error(name: ErrorName): Error { return new errors[name](`e${this.trace.steps}`) }

  /** Do a command, and log what comes of it. */
  perform(command: Command, quiet: boolean): void {
    const g = this.driven[command.to % this.driven.length]
    if (g === undefined) {
      this.trace.write('nobody to drive')
      return
    }
    try {
      const { value, done } = this.resume(g, command)
      this.trace.write(g, command.how, done === true ? 'done' : 'gives', value)
    } catch (error) {
      if (error instanceof StopIteration) {
        this.trace.write(g, command.how, 'done', error.value)
      } else {
        this.trace.write(g, command.how, 'raises', error)
        if (!quiet) throw error
      }
    }
  }

  /** Log all that can be seen of the generators; a native one shows nothing of itself. */
  look(): void {
    // In Python a generator does not say what it delegates to while it runs; here it does.
    const running = this.driven.some(g => g.state === 'GEN_RUNNING')
    for (const g of this.driven) {
      this.trace.write(' ', g, g.state, ...running ? [] : [g.yieldingFrom, g.stack.map(frame => frame.iterator)])
    }
  }

  private make(thing: Thing, name: string): unknown {
    switch (thing.kind) {
      case 'value': return thing.value
      case 'bag': return this.makeBag(thing.of)
      case 'iterator': return this.trace.name(makeIterator(this, thing, `i${name}`), `i${name}`)
      case 'generator': return this.makeGenerator(thing.as, `g${name}`, thing.body)
    }
  }

  /** Of a thing that was there before, so that there is no circle. */
  private makeBag(of: number): unknown {
    const things = [...this.shared.values()] as (Partial<Iterable<unknown>> | null)[]
    const thing = things[of % things.length]
    return { [Symbol.iterator]: () => thing?.[Symbol.iterator]?.() }
  }

  private makeGenerator(as: 'py' | 'native' | 'coroutine', name: string, statements: readonly Statement[]): unknown {
    const native = () => this.trace.name(this.body(this, name, statements), name)
    if (as === 'native') return native()
    if (as === 'coroutine') return coroutine(native)()
    const g = pyGenerator(native) as PyGenerator
    this.driven.push(g)
    return this.trace.name(g, name)
  }

  private resume(g: PyGenerator, { how, value, error, form }: Command): IteratorResult<unknown> {
    switch (how) {
      case 'next': return g.next()
      case 'send': return g.send(value ?? undefined)
      case 'close': return { value: g.close(), done: false }
      case 'throw': return this.throw(g, error, form)
    }
  }

  private throw(g: PyGenerator, error: ErrorName, form: Command['form']): IteratorResult<unknown> {
    switch (form) {
      case 'instance': return g.throw(this.error(error))
      case 'class': return g.throw(errors[error])
      case 'message': return g.throw(errors[error], `e${this.trace.steps}`)
    }
  }
}

/**
 * Y16: a coroutine runs once here, so each delegation has one of its own. And so it has of native generators: those who
 * share one know nothing of each other, and do not see when another one ends it.
 */
function canBeShared(thing: Thing): boolean { return thing.kind !== 'generator' || thing.as === 'py' }

function isCoroutine(thing: Thing): boolean { return thing.kind === 'generator' && thing.as === 'coroutine' }
