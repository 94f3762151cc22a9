import { type Turns, current } from '../context/context.ts'
import { hooks } from '../generator/hooks.ts'
import { PLAIN_CODE, dropRequests, forgetValues, registers } from '../generator/registers.ts'
import { forgetTrail } from '../generator/fail.ts'
import { scheduling, turnsBelow } from '../greenlet/fiber.ts'
import { getCurrent, mainGreenlet } from '../greenlet/greenlet.ts'
import { runningLoop as running } from './running.ts'

/**
 * Run plain code as if no loop were running, while one may be: what runs below waits on JavaScript's stack. So the plain code
 * may run another loop.
 */
export function asHostCode<T>(body: () => T): T {
  current.fiber = getCurrent() // no longer where the turn was taken from
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

/** Whatever ran was torn off by its host: nothing of it is on JavaScript's stack any more. */
export function forgetAllThatRuns(): void {
  const main = mainGreenlet()
  running.loop = null
  scheduling.scheduler = scheduling.main = null
  scheduling.inTurn = false
  scheduling.depth = 0
  turnsBelow.length = 0
  current.fiber = main
  current.turns = null
  hooks.made = hooks.waitingStacks = null
  registers.depth = 0
  registers.stack = PLAIN_CODE
  registers.inFirstStep = registers.raising = registers.probing = false
  registers.arriving = null
  dropRequests()
  forgetValues()
  forgetTrail()
}
