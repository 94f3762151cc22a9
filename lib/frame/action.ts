import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import type { Coroutine } from '../generator/types.ts'
import { createTask } from '../task/create-task.ts'
import type { Owner } from '../task/owner/owner.ts'
import { ownerOfTurn } from '../task/owner-link.ts'
import type { Task } from '../task/task.ts'
import { type ActionEvent, type ActionPolicy, type ActionState, type ActionStep, actionPolicies } from './action-policies.ts'

export interface ActionOptions {
  /** What a call does while the action runs: `restart`, `drop`, `queue` or `keepLatest`. */
  readonly policy: ActionPolicy
  /** Whose it is; by default of the script that calls it. Plain code outside of the loop has to give one. */
  readonly owner?: Owner
}

/**
 * A function that starts a body, of which at most one runs: `const attack = action(function* (at) {...}, { policy: 'drop' })`,
 * then `attack(place)`.
 * @returns a function that gives the task, or `null` when nothing begins now.
 * @throws TypeError for a body that is no function, or a policy that there is not.
 */
export function action<A extends unknown[], T>(body: (...args: A) => Coroutine<T>, { policy, owner }: ActionOptions): (...args: A) => Task<T> | null {
  if (typeof body !== 'function') throw new ArgumentError(`action() takes a generator function, not ${describe(body)}`, 'BODY_NOT_CALLABLE')
  if (!Object.keys(actionPolicies).includes(policy)) {
    throw new ArgumentError(`the policy of an action is 'restart', 'drop', 'queue' or 'keepLatest', not ${describe(policy)}`, 'NOT_A_POLICY')
  }
  const reduce: (state: ActionState<A>, event: ActionEvent<A>) => ActionStep<A> = actionPolicies[policy]
  let state: ActionState<A> = { isRunning: false, waiting: [] }
  let task: Task<T> | null = null
  /** Whose it is that runs, or ran last. */
  let whose: Owner | null = owner ?? null

  function on(event: ActionEvent<A>): Task<T> | null {
    const step = reduce(state, event)
    state = step.state
    if (step.cancel) task?.cancel()
    if (step.start === null) return null
    task = whose === null ? createTask(body(...step.start)) : whose.spawn(body(...step.start))
    task.addDoneCallback(ended)
    return task
  }

  function ended(): void {
    if (whose?.$isOver === true) state = { isRunning: false, waiting: [] }
    else on({ type: 'end' })
  }

  return (...args) => {
    if (!state.isRunning) whose = owner ?? ownerOfTurn() as Owner | null
    return on({ type: 'call', args })
  }
}
