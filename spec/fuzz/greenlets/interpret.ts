import { type Coroutine, type Trap, coroutine, runMain, setTrace, yieldFrom } from '../../../lib/index.ts'
import type { Trace } from '../trace.ts'
import { type Block, attempt } from '../trying.ts'
import type { Call, Operation, Program, Statement } from './programs.ts'
import { World } from './world.ts'

export function run(program: Program, trace: Trace): void {
  const world = new World(program, trace, body)
  try {
    if (program.main === 'run') runMain(main, world)
    else main(world).next() // it says g.resume(), and yields nothing
  } finally {
    setTrace(null)
  }
}

/** The main greenlet goes on whatever happens. */
function* main(world: World): Coroutine<void> {
  for (const statement of world.program.body) {
    try {
      yield* body(world, 'main', [statement])
    } catch (error) {
      world.trace.write('main survives', error)
    }
    world.trace.write(' ', world.look())
  }
}

function* body(world: World, me: string, statements: readonly Statement[]): Coroutine<unknown> {
  const returned = yield* block(world, me, statements)
  return returned?.value
}

function* block(world: World, me: string, statements: readonly Statement[]): Block<Trap> {
  const { trace } = world
  for (const statement of statements) {
    if (!trace.step()) return { value: undefined }
    switch (statement.op) {
      case 'try': {
        const returned = yield* attempt(statement, trace, me, inner => block(world, me, inner))
        if (returned !== undefined) return returned
        break
      }
      case 'call':
        trace.write(me, 'calls', yield* call(world, me, statement))
        break
      case 'return': return { value: statement.value ?? undefined }
      case 'raise': throw world.error(statement.error)
      default: yield* operate(world, me, statement)
    }
  }
  return undefined
}

/** Do it, and log what comes of it. */
function* operate(world: World, me: string, operation: Operation): Coroutine<void> {
  try {
    world.trace.write(me, operation.op, yield* result(world, me, operation))
  } catch (error) {
    world.trace.write(me, operation.op, 'raises', error)
    if (!operation.quiet) throw error
  }
}

function* result(world: World, me: string, operation: Operation): Coroutine<unknown> {
  if (operation.op !== 'switch' && operation.op !== 'throw') return world.perform(operation)
  return isPlain(world, me) ? world.moveFromHost(operation) : yield* world.move(operation)
}

function isPlain(world: World, me: string): boolean { return me === 'main' && world.program.main === 'plain' }

function call(world: World, me: string, { how, body: statements }: Call): Coroutine<unknown> {
  if (how === 'native' || isPlain(world, me)) return body(world, me, statements)
  return how === 'owned' ? yieldFrom(body(world, me, statements)) : coroutine(body)(world, me, statements)
}
