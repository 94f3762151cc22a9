import {
  type Awaitable, BaseException, CancelScope, type ContextManager, type Coroutine, ExitStack, TaskGroup, currentTask, failAfter, failAt, isCancelled as isCancellation,
  moveOnAfter, moveOnAt, sleep, use,
} from '../../../lib/index.ts'
import type { Body, Child, Manager, Scope, Start, Statement, Try } from '../nests/language.ts'
import { isCancelled } from './meant.ts'
import { Nursery } from './nursery.ts'
import type { Program } from './programs.ts'
import { type Actor, type Ending, type Nest, endingOf } from './things.ts'
import { Boom, World, isGroup } from './world.ts'

/** Run a program, with a clock that skips idle time; the twin of `interpret.py`. */
export function run(program: Program): World {
  const world = new World(program)
  const { bodies, strikes } = program.nests
  for (const strike of strikes) world.loop.callAt(world.time(strike, strike.ms), () => { world.do(null, strike.does) })
  for (const [i, body] of bodies.entries()) {
    const actor = world.actor(`main${i}`, null)
    world.loop.createTask(life(world, actor, () => block(world, actor, body)), { name: actor.name })
  }
  for (;;) {
    const { ready, nextTimerAt } = world.loop.tick()
    if (ready > 0) continue
    if (nextTimerAt === null) break
    world.host.wait(nextTimerAt - world.now())
  }
  world.loop.close()
  return world
}

/** What a task does from its first step to its last. */
function* life(world: World, me: Actor, body: () => Coroutine<void>, isStarting = () => false): Coroutine<void> {
  me.task = currentTask()
  me.hasBegun = true
  world.write(me, 'begins')
  const ending = yield* endingOf(body())
  world.write(me, 'ends', ...ending)
  if (me.base === null) return
  me.base.alive--
  me.base.hasEndedInPeace = !isCancelled(me.base)
  if (ending.length === 0) return
  const { manager } = me.base
  if (manager instanceof Nursery && !isStarting() && !isCancellation(ending[0])) manager.fail(ending[0])
  else throw ending[0]
}

function* block(world: World, me: Actor, body: Body): Coroutine<void> {
  for (const statement of body) yield* execute(world, me, statement)
}

function* execute(world: World, me: Actor, statement: Statement): Coroutine<void> {
  switch (statement.op) {
    case 'sleep': return yield* waiting(world, me, 'sleep', sleep(world.duration(statement, statement.ms)))
    case 'raise': throw new Boom(`e${world.number(statement)}`)
    case 'cancel':
    case 'shield': return world.do(me, statement)
    case 'try': return yield* trying(world, me, statement)
    case 'use': return yield* used(world, me, statement, statement.managers, statement.body)
    case 'child': return child(world, me, statement)
    case 'start': return yield* start(world, me, statement)
    default: throw new Error(`trio has no ${statement.op}`)
  }
}

/** Wait, and log what comes of it. */
function* waiting(world: World, me: Actor, what: string, awaitable: Awaitable<unknown>): Coroutine<void> {
  world.meant.waits(me)
  const ending = yield* endingOf(awaitable)
  me.isStarting = false
  world.write(me, what, ...ending)
  if (ending.length === 0) return
  if (isCancellation(ending[0])) world.meant.told(me)
  throw ending[0]
}

const SHIELD: Scope = { is: 'scope', ms: null, until: false, fails: false, shield: true }

function* trying(world: World, me: Actor, statement: Try): Coroutine<void> {
  try {
    yield* block(world, me, statement.body)
  } catch (error) {
    if (statement.catches === 'nothing' || error instanceof BaseException) throw error
    world.write(me, 'catches', error)
  } finally {
    if (statement.shielded) yield* used(world, me, statement, [SHIELD], statement.cleanup)
    else yield* block(world, me, statement.cleanup)
  }
}

function* used(world: World, me: Actor, statement: object, managers: readonly Manager[], body: Body): Coroutine<void> {
  const [first] = managers
  if (managers.length === 1 && first !== undefined) {
    yield* use(entering(world, me, statement, first, 0), () => block(world, me, body))
    return
  }
  yield* use(new ExitStack(), function* (stack) {
    for (const [i, manager] of managers.entries()) yield* stack.enterContext(entering(world, me, statement, manager, i))
    yield* block(world, me, body)
  })
}

/** A manager, whose end is logged. */
function entering(world: World, actor: Actor, statement: object, description: Manager, index: number): ContextManager<unknown> {
  let nest: Nest
  return {
    *enter() {
      const rank = world.number(statement, index)
      const manager = made(world, statement, description, index)
      const around = actor.task?.$scope as CancelScope | null
      nest = { name: `n${rank}`, rank, actor, manager, outer: actor.inside, around, isOpen: false, alive: 0, hasEndedInPeace: false }
      if (isGroup(nest)) world.meant.waits(actor)
      yield* manager.enter()
      world.entered(nest)
    },
    *exit(...body: [error?: unknown]) {
      const failure = isGroup(nest) ? yield* atEndOfGroup(world, nest, body) : body
      const ending = yield* endingOf(passingOn(nest, failure))
      world.left(nest)
      world.meant.left(nest)
      if (isCancellation(ending[0])) world.meant.told(actor)
      if (isCancellation(ending[0]) && failure.length === 0) world.meant.endsLate(nest)
      const { manager } = nest
      if (manager instanceof CancelScope && manager.cancelledCaught) world.meant.caught(actor)
      world.write(actor, nest.name, ...manager instanceof CancelScope ? [manager.cancelCalled, manager.cancelledCaught] : [], ...ending)
      if (ending.length > 0) throw ending[0]
      return true
    },
  }
}

/** The end of a nursery is a checkpoint, which it is not here when there is nobody to wait for. */
function* atEndOfGroup(world: World, nest: Nest, body: Ending): Coroutine<[error?: unknown]> {
  if (body.length > 0) return [...body]
  world.meant.waits(nest.actor)
  const ending: Ending = nest.alive === 0 ? yield* endingOf(checkpoint()) : []
  if (ending.length > 0) world.meant.told(nest.actor)
  return [...ending]
}

function* checkpoint(): Coroutine<void> { yield }

function* passingOn({ manager }: Nest, failure: [error?: unknown]): Coroutine<void> {
  if ((yield* manager.exit(...failure)) !== true && failure.length > 0) throw failure[0]
}

function made(world: World, statement: object, description: Manager, index: number): Nest['manager'] {
  if (description.is === 'group') return world.program.plain ? new TaskGroup() : new Nursery()
  if (description.is === 'timeout') throw new Error('trio has no timeout()')
  const { until, fails, shield } = description
  if (description.ms === null) return new CancelScope({ shield })
  const ms = world.time(statement, description.ms, index)
  if (fails) return until ? failAt(world.now() + ms, { shield }) : failAfter(ms, { shield })
  return until ? moveOnAt(world.now() + ms, { shield }) : moveOnAfter(ms, { shield })
}

/** A group to begin a task in. One that is cancelled takes no more; in trio it does. */
function openGroup(world: World, me: Actor, at: number): Nest | null {
  const nest = world.group(me, at)
  if (nest === null || isCancelled(nest)) return null
  world.meant.begins(nest)
  return nest
}

function groupOf(nest: Nest): TaskGroup | Nursery { return nest.manager as TaskGroup | Nursery }

function child(world: World, me: Actor, statement: Child): void {
  const nest = openGroup(world, me, statement.at)
  if (nest === null) return
  const actor = world.actor(`t${world.number(statement)}`, nest)
  groupOf(nest).createTask(life(world, actor, () => block(world, actor, statement.body)), { name: actor.name })
}

function* start(world: World, me: Actor, statement: Start): Coroutine<void> {
  const nest = openGroup(world, me, 0)
  if (nest === null) return
  const actor = world.actor(`t${world.number(statement)}`, nest)
  let isStarting = true
  me.isStarting = true
  yield* waiting(world, me, 'start', groupOf(nest).start<undefined>(started => life(world, actor, function* () {
    yield* block(world, actor, statement.before)
    if (statement.starts) {
      isStarting = actor.task?.$scope?.$cancels === true // then nobody waits for it any more, and start() throws its error
      started(undefined)
    }
    yield* block(world, actor, statement.after)
  }, () => isStarting), { name: actor.name }))
}
