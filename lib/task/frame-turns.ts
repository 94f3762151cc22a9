import { type Turns, current } from '../context/context.ts'
import { registers } from '../generator/registers.ts'
import { NEXT_TURN } from '../generator/request.ts'
import { SEND, stepFrame } from '../generator/resume.ts'
import type { StackFrame } from '../generator/stack.ts'
import { STARTED, WAITING, scheduling } from '../greenlet/fiber.ts'
import { afterStep } from '../greenlet/wake.ts'
import type { Loop } from '../loop/loop.ts'
import type { Task } from './task.ts'
import { LATER } from './waiter.ts'

/**
 * Give a turn to the first `count` that wait for the frame. A frame may have thousands of them, and most do little and wait for the
 * next frame in the same way.
 *
 * This is the short way for those. It does what `$run()`, `wakeFiber()` and `$passTurn()` do, without what changes nothing. While a
 * fiber makes a step, nobody can make it wait. So when it comes back to the same wait, all that says where it waits is right already.
 */
export function giveFrameTurns(loop: Loop, count: number, meter: { ran: number }): void {
  const queue = loop.$nextTurns
  current.turns = queue as object as Turns // it says whose turn it is
  for (; count > 0; count--) {
    meter.ran++
    const task = queue.shift() as Task
    if (task.$mode !== LATER || !goesStraight(task) || registers.observed) {
      (task as Partial<Task>).$itsTurn?.()
      task.$run()
      continue
    }
    const { $fiber: fiber, $value: value } = task
    const frame = fiber.$top as StackFrame
    scheduling.inTurn = true
    current.fiber = null
    fiber.$state = STARTED
    const result = stepFrame(frame, SEND, value)
    if (result !== null && isPassing(result, value) && goesStraight(task)) {
      fiber.$state = WAITING
      queue.push(task)
    } else {
      loop.$readyTasks--
      task.$itsTurn()
      afterStep(task, fiber, frame, result)
    }
  }
  current.turns = loop.$ready as object as Turns
}

/** Is there nothing that could end the wait of a task, or let it wait elsewhere? */
function goesStraight({ $pending: pending, $scope: scope, $owner: owner }: Task): boolean {
  return pending === null && scope === null && (owner === null || (!owner.$isGated && !owner.$endsWaits))
}

/** Does a task that was sent this value come back to the same wait: a bare `yield`, or a request for the next turn? */
function isPassing(result: IteratorResult<unknown, unknown>, sent: unknown): boolean {
  return registers.asked === null && registers.promised === null && !registers.observed &&
    result.value === (sent === undefined ? undefined : NEXT_TURN) && !result.done
}
