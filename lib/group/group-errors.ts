import { RuntimeError } from '../base/errors.ts'

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
  return new RuntimeError(`${group.toString()} is not entered. Write yield* use(new TaskGroup(), function* (group) {...})`, { code: 'GROUP_NOT_OPEN' })
}

export type GroupStage = 'new' | 'entered' | 'exiting'

/** Why a group takes no task, in words; `null` when it takes one. */
export function whyNotOpen(stage: GroupStage, isEmpty: boolean, isAborting: boolean): string | null {
  if (stage === 'new') return 'has not been entered. Write yield* use(new TaskGroup(), function* (group) {...})'
  if (stage === 'exiting' && isEmpty) return 'is finished. Make its tasks inside of use(group, function* (group) {...})'
  return isAborting ? 'is shutting down' : null
}
