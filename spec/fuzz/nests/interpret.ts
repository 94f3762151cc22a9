import {
  BaseException, type Coroutine, createTask, currentTask, gather, isCancelled, shield, sleep, wait, waitFor,
} from '../../../lib/index.ts'
import type { Body, Child, Run, Scope, Start, Statement, Try } from './language.ts'
import { groupOf, limited, used } from './nests.ts'
import type { Actor, Ending } from './things.ts'
import { endingOf, passedOn, plain, waiting } from './waiting.ts'
import type { World } from './world.ts'

/** An error of the program. */
export class Boom extends Error {}

/** Begin the first tasks, and set the strikes. All is over when nothing is ready and no timer is set. */
export function begin(world: World): void {
  const { bodies, strikes } = world.program
  for (const strike of strikes) {
    world.loop.callAt(world.time(strike, strike.ms), () => { world.do(null, strike.does, world.message(strike.does)) })
  }
  for (const [i, body] of bodies.entries()) {
    const actor = world.actor(`main${i}`, null)
    world.loop.createTask(life(world, actor, () => block(world, actor, body)))
  }
}

/** What a task does from its first step to its last. */
function life(world: World, me: Actor, body: () => Coroutine<void>): Coroutine<void> {
  return world.coroutineOf(me, function* (): Coroutine<void> {
    me.task = currentTask()
    world.witness.begins(me)
    const ending = yield* endingOf(body())
    world.write(me, 'ends', ...ending)
    world.witness.ends(me, ending)
    if (ending.length > 0) throw ending[0]
  }())
}

function* block(world: World, me: Actor, body: Body): Coroutine<void> {
  for (const statement of body) yield* execute(world, me, statement)
}

function* execute(world: World, me: Actor, statement: Statement): Coroutine<void> {
  switch (statement.op) {
    case 'sleep': return yield* waiting(world, me, plain('sleep'), sleep(world.time(statement, statement.ms)))
    case 'raise': throw new Boom(world.message(statement))
    case 'cancel':
    case 'shield': return world.do(me, statement, world.message(statement))
    case 'try': return yield* trying(world, me, statement)
    case 'use': return void (yield* used(world, me, statement, statement.managers, () => block(world, me, statement.body)))
    case 'child': return child(world, me, statement)
    case 'start': return yield* start(world, me, statement)
    case 'run': return yield* run(world, me, statement)
    case 'gather': {
      const lives = statement.bodies.map((body, i) => another(world, me, statement, body, i))
      const future = world.add(gather(lives, { returnExceptions: statement.errors }))
      return yield* waiting(world, me, passedOn('gather', future), future)
    }
    case 'wait_for': return yield* limited(world, me, statement, block(world, me, statement.body), statement.ms)
    case 'join': return yield* join(world, me, statement.at)
  }
}

/** What a new task does. */
function another(world: World, me: Actor, statement: object, body: Body, index = 0): Coroutine<void> {
  const actor = world.actor(`t${world.number(statement, index)}`, me)
  return life(world, actor, () => block(world, actor, body))
}

function* trying(world: World, me: Actor, statement: Try): Coroutine<void> {
  let body: Ending = []
  world.witness.tries(me)
  try {
    yield* block(world, me, statement.body)
  } catch (error) {
    if (!catches(world, me, statement, error)) {
      body = [error]
      throw error
    }
    world.write(me, 'catches', error)
  } finally {
    world.witness.cleansUp(me)
    const cleanup = yield* endingOf(cleaningUp(world, me, statement))
    world.witness.cleanedUp(me, body, cleanup)
    if (cleanup.length > 0) throw cleanup[0]
  }
}

function catches(world: World, me: Actor, { catches }: Try, error: unknown): boolean {
  if (catches === 'errors') return !(error instanceof BaseException)
  if (catches === 'nothing' || !isCancelled(error) || !world.witness.mayTakeBack(me)) return false
  world.write(me, 'takes back', me.task?.uncancel())
  world.witness.tookBack(me)
  return true
}

const SHIELD: Scope = { is: 'scope', ms: null, until: false, fails: false, shield: true }

function* cleaningUp(world: World, me: Actor, statement: Try): Coroutine<void> {
  const body = () => block(world, me, statement.cleanup)
  if (statement.shielded) yield* used(world, me, statement, [SHIELD], body)
  else yield* body()
}

function child(world: World, me: Actor, statement: Child): void {
  const group = world.group(me, statement.at)
  if (group === null) return
  const actor = world.actor(`t${world.number(statement)}`, me, group)
  try {
    groupOf(group).createTask(life(world, actor, () => block(world, actor, statement.body)))
  } catch (error) {
    world.write(me, 'is refused', error)
  }
}

function* start(world: World, me: Actor, statement: Start): Coroutine<void> {
  const group = world.group(me, statement.at)
  if (group === null) return
  const actor = world.actor(`t${world.number(statement)}`, me, group, me)
  const body = function* (started: () => void): Coroutine<void> {
    yield* block(world, actor, statement.before)
    if (statement.starts) {
      started()
      world.witness.started(actor, group)
    }
    yield* block(world, actor, statement.after)
  }
  yield* waiting(world, me, passedOn('start', null), groupOf(group).start<void>(started => life(world, actor, () => body(() => { started() }))))
}

function* run(world: World, me: Actor, statement: Run): Coroutine<void> {
  const task = createTask(another(world, me, statement, statement.body), { eagerStart: statement.eager })
  const { ms } = statement
  switch (statement.by) {
    case 'nobody': return
    case 'await': return yield* waiting(world, me, passedOn('await', task), task)
    case 'shield': return yield* waiting(world, me, plain('shield', task), world.add(shield(task)))
    case 'wait': return yield* waiting(world, me, plain('wait'), wait([task], { timeout: ms }))
    case 'wait_for':
      if (ms === 0) return yield* waiting(world, me, plain('wait_for', task), waitFor(task, 0))
      return yield* limited(world, me, statement, waiting(world, me, passedOn('await', task), task), ms)
  }
}

function* join(world: World, me: Actor, at: number): Coroutine<void> {
  const other = world.toJoin(me, at)
  if (other?.task === null || other === null) return
  me.joined = other
  try {
    yield* waiting(world, me, passedOn('join', other.task), other.task)
  } finally {
    me.joined = null
  }
}
