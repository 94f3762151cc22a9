import {
  CancelScope, type Awaitable, type ContextManager, type Coroutine, ExitStack, TaskGroup, failAfter, failAt, moveOnAfter, moveOnAt, timeout,
  use, waitFor,
} from '../../../lib/index.ts'
import { Timeout } from '../../../lib/scope/timeout.ts'
import type { Manager, Scope } from './language.ts'
import type { Actor, Ending, Nest } from './things.ts'
import { endingOf } from './waiting.ts'
import type { World } from './world.ts'

/** A body in its managers: in one, or in several of an exit stack. */
export function used(
  world: World, me: Actor, statement: object, managers: readonly Manager[], body: () => Coroutine<void>,
): Coroutine<unknown> {
  const [first] = managers
  if (managers.length === 1 && first !== undefined) return use(entering(world, me, statement, first, 0), body)
  return use(new ExitStack(), function* (stack) {
    for (const [i, manager] of managers.entries()) yield* stack.enterContext(entering(world, me, statement, manager, i))
    yield* body()
  })
}

/** A manager, and who looks on. */
function entering(world: World, actor: Actor, statement: object, description: Manager, index: number): ContextManager<unknown> {
  const now = world.now()
  const ms = description.is === 'group' || description.ms === null ? Infinity : world.time(statement, description.ms, index)
  const manager = made(description, ms, now)
  const nest: Nest = {
    name: `n${world.number(statement, index)}`, rank: world.number(statement, index), actor, manager, deadline: now + ms, isOpen: false,
  }
  return {
    *enter() {
      world.witness.enters(nest)
      yield* manager.enter()
      world.entered(nest)
    },
    *exit(...body) {
      world.witness.leaves(nest, body)
      try {
        const swallowed = (yield* manager.exit(...body)) === true
        leave(world, nest, body, swallowed ? [] : body)
        return swallowed
      } catch (error) {
        leave(world, nest, body, [error])
        throw error
      }
    },
  }
}

function made(description: Manager, ms: number, now: number): ContextManager<unknown> & (TaskGroup | Timeout | CancelScope) {
  switch (description.is) {
    case 'group': return new TaskGroup()
    case 'timeout': return timeout(ms)
    case 'scope': return scope(description, ms, now)
  }
}

function scope({ until, fails, shield }: Scope, ms: number, now: number): CancelScope {
  if (ms === Infinity) return new CancelScope({ shield })
  if (fails) return until ? failAt(now + ms, { shield }) : failAfter(ms, { shield })
  return until ? moveOnAt(now + ms, { shield }) : moveOnAfter(ms, { shield })
}

/** A `waitFor()`, which has a limit inside. Without time there would be none, and the body would be another task's. */
export function* limited(world: World, actor: Actor, statement: object, of: Awaitable<unknown>, least: number): Coroutine<void> {
  const ms = Math.max(least, 1)
  const rank = world.number(statement)
  const nest: Nest = { name: `n${rank}`, rank, actor, manager: null, deadline: world.now() + ms, isOpen: false }
  let body: Ending = []
  const noting = function* (): Coroutine<void> {
    body = yield* endingOf(of)
    world.witness.leaves(nest, body)
    if (body.length > 0) throw body[0]
  }
  world.witness.enters(nest)
  world.entered(nest)
  const ending = yield* endingOf(waitFor(noting(), ms))
  leave(world, nest, body, ending)
  if (ending.length > 0) throw ending[0]
}

function leave(world: World, nest: Nest, body: Ending, ending: Ending): void {
  world.left(nest)
  world.write(nest.actor, nest.name, ...said(nest.manager), ...ending)
  world.witness.left(nest, body, ending)
}

/** What a manager says of itself at its end. */
function said(manager: Nest['manager']): unknown[] {
  if (manager instanceof CancelScope) return [manager.cancelCalled, manager.cancelledCaught]
  return manager instanceof Timeout ? [manager.expired()] : []
}

export function groupOf(nest: Nest): TaskGroup { return nest.manager as TaskGroup }
