import {
  BREAK, type ContextManager, type Coroutine, ExitStack, GeneratorExit, type PyAsyncGenerator, TaskGroup, type Trap,
  aclosing, asyncGenerator, emit, forEach, use, yieldFrom,
} from '../../../lib/index.ts'
import { block } from '../tasks/interpret.ts'
import type { Operation, Statement } from '../tasks/programs.ts'
import { goesOn } from '../tasks/world.ts'
import type { Block, Returned } from '../trying.ts'
import type { Exit, GeneratorBody, Manager, PrimitiveStatement } from './language.ts'
import type { WorldWithKit } from './world.ts'

/** Do what has a body, and log what comes of it; or emit. */
export function* execute(world: WorldWithKit, statement: PrimitiveStatement): Block<Trap> {
  if (statement.op === 'emit') {
    world.write('emit gives', yield* emit(statement.value) as unknown as Coroutine<unknown>)
    return undefined
  }
  try {
    const returned = yield* scope(world, statement)
    if (returned === undefined) world.write(statement.op, 'is over')
    return returned
  } catch (error) {
    world.write(statement.op, 'raises', error)
    const ignoredFirst = statement.op === 'for' && error instanceof GeneratorExit // it is not for coroutines
    if (!ignoredFirst && goesOn(statement, error)) throw error
    return undefined
  }
}

function* scope(world: WorldWithKit, statement: Exclude<PrimitiveStatement, { op: 'emit' }>): Block<Trap> {
  switch (statement.op) {
    case 'with': return yield* entering(world, world.manager(statement.of), statement.body)
    case 'manage': return yield* entering(world, manager(world, statement.manager), statement.body)
    case 'group': return yield* use(new TaskGroup(), function* (group) {
      world.add(group)
      return yield* block(world, statement.body)
    })
    case 'stack': return yield* use(new ExitStack(), function* (stack) {
      for (const exit of statement.exits) yield* push(world, stack, exit)
      const returned = yield* block(world, statement.body)
      if (statement.pop) world.stacks.push(stack.popAll())
      return returned
    })
    case 'for': {
      const generator = statement.fresh ? world.generate(statement.at) : world.generator(statement.at)
      let returned: Returned | undefined
      let left = statement.times
      world.write('to its end', yield* forEach(generator, function* (item) {
        world.write('for', item)
        returned = yield* block(world, statement.body)
        return returned !== undefined || --left <= 0 ? BREAK : undefined
      }))
      return returned
    }
    case 'closing': return yield* use(aclosing(world.generator(statement.at)), () => block(world, statement.body))
  }
}

function entering(
  world: WorldWithKit, manager: ContextManager<unknown>, statements: readonly Statement[],
): Block<Trap> {
  return use(manager, function* (value) {
    world.write('entered', typeof value === 'number' ? undefined : value) // a barrier's: see passed()
    return yield* block(world, statements)
  })
}

function manager(world: WorldWithKit, { enter, exit, swallow }: Manager): ContextManager<unknown> {
  return {
    *enter() {
      world.write('enter')
      yield* block(world, enter)
      return 'm'
    },
    exit: error => leave(world, exit, swallow, error),
  }
}

function* leave(
  world: WorldWithKit, statements: readonly Statement[], swallow: boolean, error: unknown,
): Coroutine<boolean> {
  world.write('exit', error)
  yield* block(world, statements)
  return swallow
}

function* push(world: WorldWithKit, stack: ExitStack, exit: Exit): Coroutine<void> {
  switch (exit.is) {
    case 'primitive':
      world.write('pushed', yield* stack.enterContext(world.manager(exit.of)))
      break
    case 'manager':
      world.write('pushed', yield* stack.enterContext(manager(world, exit.manager)))
      break
    case 'exit':
      stack.push(error => leave(world, exit.manager.exit, exit.manager.swallow, error))
      break
    case 'callback':
      stack.callback(operations => { operate(world, operations) }, exit.does)
      break
    case 'coroutine':
      stack.callback(statements => block(world, statements), exit.does)
  }
}

function operate(world: WorldWithKit, operations: readonly Operation[]): void {
  world.write('called')
  for (const operation of operations) {
    if (!world.begin(operation)) return
    world.operate(operation)
  }
}

export function generatorOf(world: WorldWithKit, { owned, body }: GeneratorBody): PyAsyncGenerator {
  return asyncGenerator(function* () {
    world.write('generator begins')
    if (owned) yield* yieldFrom(block(world, body))
    else yield* block(world, body)
  })()
}
