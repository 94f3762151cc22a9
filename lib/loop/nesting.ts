import { noteRunning } from '../base/copies.ts'
import { RuntimeError } from '../base/errors.ts'
import { type Turns, current } from '../context/context.ts'
import { hooks } from '../generator/hooks.ts'
import { PLAIN_CODE, dropRequests, forgetValues, registers } from '../generator/registers.ts'
import { forgetTrail } from '../generator/fail.ts'
import { scheduling, turnsBelow } from '../greenlet/fiber.ts'
import { getCurrent, mainGreenlet } from '../greenlet/greenlet.ts'
import { runningLoop as running } from './running.ts'

/**
 * Run plain code as if no loop were running. A loop that runs waits further down on JavaScript's stack. So the plain code may run
 * another loop.
 */
export function asHostCode<T>(body: () => T): T {
  current.fiber = getCurrent() // so far it is the fiber that had the turn when this was called
  const { loop } = running
  const { scheduler, main, inTurn, depth } = scheduling
  const { turns } = current
  const { made, waitingStacks } = hooks
  turnsBelow.push(inTurn ? (turns as Turns).taken : null)
  running.loop = null
  scheduling.scheduler = scheduling.main = null
  scheduling.inTurn = false
  hooks.made = hooks.waitingStacks = null
  try {
    return body()
  } finally {
    turnsBelow.pop()
    running.loop = loop
    scheduling.scheduler = scheduler
    scheduling.main = main
    scheduling.inTurn = inTurn
    scheduling.depth = depth
    current.turns = turns
    hooks.made = made
    hooks.waitingStacks = waitingStacks
  }
}

/** The host has stopped everything that ran, so nothing of it is on JavaScript's stack any more. Put all registers back. */
export function forgetAllThatRuns(): void {
  const main = mainGreenlet()
  running.loop = null
  noteRunning(false)
  scheduling.scheduler = scheduling.main = null
  scheduling.inTurn = false
  scheduling.depth = 0
  turnsBelow.length = 0
  current.fiber = main
  current.turns = null
  hooks.made = hooks.waitingStacks = hooks.moment = null
  registers.depth = 0
  registers.stack = PLAIN_CODE
  registers.inFirstStep = registers.raising = registers.probing = false
  registers.arriving = null
  dropRequests()
  forgetValues()
  forgetTrail()
}

/** The error when `abandon()` was called by code that the loop runs. That code was not stopped, and went on without its loop. */
export function abandonedFromInside(): Error {
  forgetAllThatRuns()
  return new RuntimeError('abandon() was called by code that the loop runs. It is for the host, when it has stopped that code. ' +
    'Write owner.close(), or task.cancel()', { code: 'ABANDONED_INSIDE' })
}
