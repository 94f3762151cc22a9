import { checkedParts } from '../base/checked.ts'
import { checkOptions } from '../base/options.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import type { Coroutine } from '../generator/types.ts'
import { createTask } from '../task/create-task.ts'
import { isInLoop } from '../task/loops.ts'
import type { Owner } from '../task/owner/owner.ts'
import { ownerOfTurn } from '../task/owner-link.ts'
import type { Task } from '../task/task.ts'
import { type ActionEvent, type ActionPolicy, type ActionState, type ActionStep, actionPolicies } from './action-policies.ts'

/** The options of `action()`. */
export interface ActionOptions {
  /**
   * What a call does while the body runs. `restart`: cancel the body and begin again. `drop`: nothing. `queue`: run it afterwards.
   * `keepLatest`: run the last of these calls afterwards.
   */
  readonly policy: ActionPolicy
  /** The owner of the body. The default is the owner of the script that makes the call. Plain code outside of the loop must give one. */
  readonly owner?: Owner
}

const ACTION = { call: "action(body, { policy: 'restart' })", names: ['policy', 'owner'] }

/**
 * Make a function that starts a body, of which at most one runs at a time: `const attack = action(function* (at) {...}, { policy:
 * 'drop' })`, and then `attack(place)`.
 * @param body a generator function. It gets the arguments of the call.
 * @returns a function that gives the task, or `null` when no task begins now.
 * @throws TypeError when the body is not a function, or there is no such policy.
 */
export function action<A extends unknown[], T>(body: (...args: A) => Coroutine<T>, options: ActionOptions): (...args: A) => Task<T> | null {
  if (typeof body !== 'function') throw new ArgumentError(`action() takes a generator function, not ${describe(body)}`, 'BODY_NOT_CALLABLE')
  checkOptions(options, ACTION)
  const { policy, owner } = options
  if (owner !== undefined) checkedParts('action({ owner })', 'an owner', owner, 'spawn()')
  if (!Object.keys(actionPolicies).includes(policy)) {
    throw new ArgumentError(`the policy of an action is 'restart', 'drop', 'queue' or 'keepLatest', not ${describe(policy)}`, 'NOT_A_POLICY')
  }
  const reduce: (state: ActionState<A>, event: ActionEvent<A>) => ActionStep<A> = actionPolicies[policy]
  let state: ActionState<A> = { isRunning: false, waiting: [] }
  let task: Task<T> | null = null
  // The owner of the body that runs, or ran last.
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
    if (!state.isRunning && whose === null && !isInLoop()) {
      throw new RuntimeError("an action that plain code calls needs an owner. Write action(body, { policy, owner: loop.owner('player') })", { code: 'NO_LOOP' })
    }
    return on({ type: 'call', args })
  }
}
