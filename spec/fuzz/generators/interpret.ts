import type { Trace } from '../trace.ts'
import { type Block, attempt } from '../trying.ts'
import type { Program, Statement } from './programs.ts'
import { World } from './world.ts'

export function run(program: Program, trace: Trace): void {
  const world = new World(program, trace, body)
  for (const command of program.commands) {
    if (!trace.step()) return
    world.perform(command, true)
    world.look()
  }
}

/** The body of a generator. */
function* body(world: World, me: string, statements: readonly Statement[]): Generator {
  const returned = yield* block(world, me, statements)
  return returned?.value
}

/** Native `yield*` leads from block to block: to the library, and to Python, it is one generator. */
function* block(world: World, me: string, statements: readonly Statement[]): Block<unknown> {
  const { trace } = world
  for (const statement of statements) {
    if (!trace.step()) return { value: undefined }
    switch (statement.op) {
      case 'yield':
        trace.write(me, 'got', yield statement.value)
        break
      case 'delegate':
        trace.write(me, 'result', yield* world.delegation(statement.to, statement.fresh))
        break
      case 'inline':
        trace.write(me, 'inlined', yield* body(world, me, statement.body))
        break
      case 'try': {
        const returned = yield* attempt(statement, trace, me, inner => block(world, me, inner))
        if (returned !== undefined) return returned
        break
      }
      case 'return': return { value: statement.value }
      case 'raise': throw world.error(statement.error)
      case 'command':
        world.perform(statement.command, statement.quiet)
        break
      case 'look':
        world.look()
    }
  }
  return undefined
}
