import {
  type Awaitable, type Coroutine, type Future, Runner, TimeoutError, type Trap, asCompleted, gather, timeout, timeoutAt, use, wait,
} from '../../../lib/index.ts'
import type { Trace } from '../trace.ts'
import { type Block, type Returned, type Try, attempt } from '../trying.ts'
import type { AsCompleted, Program, Statement, TimeoutScope, Waiting } from './programs.ts'
import { World, goesOn } from './world.ts'

export function run(program: Program, trace: Trace): World {
  const world = new World(program, trace, body)
  runIn(world)
  return world
}

/** Run the program of a world. */
export function runIn(world: World): void {
  const runner = new Runner({ loopFactory: () => world.loop })
  for (const main of world.program.mains) {
    try {
      world.write('run gives', runner.run(body(world, main)))
    } catch (error) {
      world.write('run raises', error)
    }
  }
  close(world, runner)
}

/** Python raises what the closing fails with; here the handler is told. Nor does Python report what is left. */
function close(world: World, runner: Runner): void {
  const pending: unknown[] = []
  const unread: unknown[] = []
  world.loop.setExceptionHandler((_loop, context) => {
    const { exception, task, future, handle, asyncgen } = context
    if (!world.loop.isClosed()) {
      if ((task ?? future ?? handle ?? asyncgen) === undefined) world.write('close raises', exception)
      else world.report(context)
    } else if (future === undefined) {
      pending.push(task)
    } else {
      unread.push(future)
    }
  })
  try {
    runner.close()
  } catch (error) {
    world.write('close raises', error)
  }
  const { all } = world.things
  world.write('pending', pending)
  world.write('unread', all.filter(future => unread.includes(future)))
  for (const future of all) world.write(future, ...outcome(future))
}

function outcome(future: Future): unknown[] {
  if (!future.done()) return ['pending']
  try {
    return ['result', future.result()]
  } catch (error) {
    return [future.cancelled() ? 'cancelled' : 'error', error]
  }
}

export function* body(world: World, statements: readonly Statement[]): Coroutine<unknown> {
  const returned = yield* block(world, statements)
  return returned?.value
}

export function* block(world: World, statements: readonly Statement[]): Block<Trap> {
  for (const statement of statements) {
    if (!world.begin(statement)) return { value: undefined }
    const returned = yield* execute(world, statement)
    if (returned !== undefined) return returned
  }
  return undefined
}

function* execute(world: World, statement: Statement): Block<Trap> {
  switch (statement.op) {
    case 'return': return { value: statement.value ?? undefined }
    case 'try': return yield* attempting(world, statement)
    case 'timeout': return yield* limited(world, statement)
    case 'repeat': {
      let returned: Returned | undefined
      for (let i = 0; i < statement.times && returned === undefined; i++) returned = yield* block(world, statement.body)
      return returned
    }
    case 'yield':
      yield
      world.write('has its turn')
      break
    case 'await':
      yield* outcomeOf(world, statement, () => world.things.waitFor(statement.for))
      break
    case 'wait': {
      const options = { timeout: statement.ms, returnWhen: statement.until }
      yield* outcomeOf(world, statement, () => wait(statement.for.map(reference => world.things.at(reference)), options))
      break
    }
    case 'as_completed':
      yield* arrivals(world, statement)
      break
    case 'with':
    case 'manage':
    case 'stack':
    case 'group':
    case 'for':
    case 'closing':
    case 'emit': return yield* world.executeOther(statement)
    default: world.operate(statement)
  }
  return undefined
}

/** Make something, wait for it, and log what comes of it. */
function* outcomeOf(world: World, statement: Waiting, make: () => Awaitable<unknown>): Coroutine<void> {
  try {
    world.write(statement.op, 'gives', yield* make())
  } catch (error) {
    world.write(statement.op, 'raises', error)
    if (goesOn(statement, error)) throw error
  }
}

function* arrivals(world: World, statement: AsCompleted): Coroutine<void> {
  const results = asCompleted(statement.for.map(one => world.things.make(one)), { timeout: statement.ms })
  let left = statement.results
  if (left === 'all') {
    yield* outcomeOf(world, statement, () => gather([...results], { returnExceptions: true }))
    return
  }
  for (const result of results) {
    yield* outcomeOf(world, statement, () => result)
    if (--left <= 0) break
  }
}

function* attempting(world: World, statement: Try<Statement>): Block<Trap> {
  const scope = world.enter()
  return yield* attempt(statement, world.trace, world.turn(), statements => {
    if (statements === statement.cleanup) scope.cleanups++
    return block(world, statements)
  })
}

function* limited(world: World, { at, ms, body: statements, quiet }: TimeoutScope): Block<Trap> {
  const scope = at ? timeoutAt(ms) : timeout(ms)
  const entered = world.enter()
  world.timeouts.push(scope)
  try {
    return yield* use(scope, () => block(world, statements))
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error
    world.write('timeout raises', error)
    if (!quiet) throw error
    return undefined
  } finally {
    entered.cleanups++
    world.write('timeout is over', scope.expired())
  }
}
