import { RuntimeError } from '../base/errors.ts'
import { discard } from '../generator/coroutine.ts'

/** A task group, seen from below. */
interface Group {
  toString(): string
}

/** The errors of `use(group, …)`, which enters and leaves a group once, in a task. */
export function enteredTwice(group: Group): Error {
  return new RuntimeError(`${group.toString()} has already been entered. Write new TaskGroup() for each use()`, { code: 'GROUP_ENTERED_TWICE' })
}

export function withoutTask(group: Group): Error {
  return new RuntimeError(`${group.toString()} cannot determine the parent task. Enter it in a coroutine that a task runs`, { code: 'NO_TASK' })
}

export function notEntered(group: Group): Error {
  return new RuntimeError(`${group.toString()} is not entered. ${ENTER}`, { code: 'GROUP_NOT_OPEN' })
}

/** A subclass that has its own `enter()` may have forgotten the one of its base. */
const ENTER = 'Write yield* use(new TaskGroup(), function* (group) {...}), and yield* super.enter() in an enter() of your own'

export type GroupStage = 'new' | 'entered' | 'exiting'

/** Why a group takes no task, in words; `null` when it takes one. */
export function whyNotOpen(stage: GroupStage, isEmpty: boolean, isAborting: boolean): string | null {
  if (stage === 'new') return `has not been entered. ${ENTER}`
  if (stage === 'exiting' && isEmpty) return 'is finished. Make its tasks inside of use(group, function* (group) {...})'
  return isAborting ? 'is shutting down' : null
}

/** The group takes no task now. Its coroutine is closed, because nobody will run it. */
export function refused(group: Group, why: string, coroutine: unknown): Error {
  discard(coroutine)
  return new RuntimeError(`${group.toString()} ${why}`, { code: 'GROUP_NOT_OPEN' })
}
