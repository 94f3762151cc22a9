import {
  ContextVar, type Coroutine, Greenlet, type Run, type Tracer, getCurrent, getTrace, greenlet, setTrace,
} from '../../../lib/index.ts'
import { type ErrorName, errors } from '../errors.ts'
import type { Trace } from '../trace.ts'
import type { Definition, Move, PlainOperation, Program, Statement, Throw } from './programs.ts'

export type Body = (world: World, name: string, statements: readonly Statement[]) => Coroutine<unknown>

/** The greenlets of a program, and what can be done to them. */
export class World {
  private readonly all: Greenlet[] = []
  private readonly variable = new ContextVar<unknown>('variable', { default: 'unset' })

  constructor(readonly program: Program, readonly trace: Trace, private readonly body: Body) {
    this.all.push(trace.name(getCurrent(), 'main'))
    for (const definition of program.definitions) this.make(definition, this.at(definition.parent))
  }

  /** Give control away from a greenlet. */
  move(move: Move): Coroutine<unknown> {
    const to = this.at(move.to)
    const request = move.op === 'switch' ? to.switch(...this.args(move.args)) : to.throw(...this.thrown(move))
    return request as Coroutine<unknown>
  }

  /** Give control away from plain code. */
  moveFromHost(move: Move): unknown {
    const to = this.at(move.to)
    return move.op === 'switch' ? to.resume(...this.args(move.args)) : to.resumeThrow(...this.thrown(move))
  }

  /** What is done without giving control away. */
  perform(operation: PlainOperation): unknown {
    switch (operation.op) {
      case 'parent':
        this.at(operation.of).parent = this.at(operation.to)
        return 'set'
      case 'run': return this.setRun(this.at(operation.of), operation.like)
      case 'make':
        return this.make(this.definition(operation.like), operation.parent === null ? null : this.at(operation.parent))
      case 'trace': return setTrace(this.tracer(operation.tracer)) !== null
      case 'set':
        this.variable.set(operation.value)
        return 'set'
      case 'get': return this.variable.get()
      case 'look': return this.look()
    }
  }

  error(name: ErrorName): Error { return new errors[name](`e${this.trace.steps}`) }

  /** All that can be seen of the greenlets. */
  look(): unknown {
    return [getCurrent(), getTrace() !== null, this.all.map(g => [g, g.parent, g.dead, g.active, ...this.isWaiting(g)])]
  }

  /** Main's frames are those of Python; here it has none. */
  private isWaiting(g: Greenlet): boolean[] { return g.parent === null ? [] : [g.frames.length > 0] }

  private make(definition: Definition, parent: Greenlet | null): Greenlet {
    const name = `g${this.all.length}`
    const made = definition.run === 'fails' ? new Failing(this, parent) :
      greenlet(definition.run === 'none' ? undefined : this.run(definition, name), parent)
    this.all.push(made)
    return this.trace.name(made, name)
  }

  private run(definition: Definition, name: string): Run {
    const { body, run } = definition
    const start = (...args: unknown[]) => {
      this.trace.write(name, 'starts', args)
      return this.body(this, name, body)
    }
    if (run === 'generator') return function* (...args: unknown[]) { return yield* start(...args) }
    return ((...args: unknown[]) => start(...args).next().value) as Run
  }

  private setRun(of: Greenlet, like: number | null): string {
    const definition = like === null ? null : this.definition(like)
    if (of instanceof Failing || definition?.run === 'fails') return 'not done' // a getter without a setter
    of.run = (definition === null ? undefined : this.run(definition, this.trace.show(of))) as Greenlet['run']
    return 'set'
  }

  private tracer(kind: 'none' | 'logs' | 'raises'): Tracer | null {
    if (kind === 'none') return null
    return (event, [origin, target]) => {
      this.trace.write('tracer', event, origin, target, getCurrent())
      if (kind === 'raises') throw this.error('Boom')
    }
  }

  private at(index: number): Greenlet { return this.all[index % this.all.length] as Greenlet }

  private definition(index: number): Definition {
    return this.program.definitions[index % this.program.definitions.length] ?? { parent: 0, run: 'none', body: [] }
  }

  private args(args: readonly unknown[]): unknown[] { return args.map(arg => arg ?? undefined) }

  private thrown({ error, form }: Throw): [thrown?: unknown, message?: string] {
    switch (form) {
      case 'instance': return [this.error(error)]
      case 'class': return [errors[error]]
      case 'message': return [errors[error], `e${this.trace.steps}`]
      case 'nothing': return []
    }
  }
}

class Failing extends Greenlet {
  constructor(private readonly world: World, parent: Greenlet | null) { super(null, parent) }

  // @ts-expect-error: to TypeScript run is a method
  override get run(): never { throw this.world.error('Boom') }
}
