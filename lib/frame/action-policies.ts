/** What an action is to do when it is called while it runs. */
export type ActionPolicy = 'restart' | 'drop' | 'queue' | 'keepLatest'

/** Where an action is: whether it runs, and the calls that wait. */
export interface ActionState<A> {
  readonly isRunning: boolean
  readonly waiting: readonly A[]
}

/** It is called, or what it ran is over. */
export type ActionEvent<A> = { readonly type: 'call'; readonly args: A } | { readonly type: 'end' }

/** Where it is after an event, and what is to be done. */
export interface ActionStep<A> {
  readonly state: ActionState<A>
  /** Run the body with these; `null` for nothing. */
  readonly start: A | null
  /** Cancel what runs. */
  readonly cancel: boolean
}

type Reducer = <A>(state: ActionState<A>, event: ActionEvent<A>) => ActionStep<A>

/**
 * What all policies have in common.
 * @param waiting the calls that wait after a call that comes while the action runs.
 */
function reduce<A>(state: ActionState<A>, event: ActionEvent<A>, waiting: (args: A) => readonly A[], cancel = false): ActionStep<A> {
  if (event.type === 'end') {
    const [next = null, ...rest] = state.waiting
    return { state: { isRunning: next !== null, waiting: rest }, start: next, cancel: false }
  }
  if (!state.isRunning) return { state: { isRunning: true, waiting: [] }, start: event.args, cancel: false }
  return { state: { isRunning: true, waiting: waiting(event.args) }, start: null, cancel }
}

/** The policies as pure functions: of a state and an event they make the next state, and what is to be done. */
export const actionPolicies: Readonly<Record<ActionPolicy, Reducer>> = {
  /** Cancel what runs, and begin again when that is over. */
  restart: (state, event) => reduce(state, event, args => [args], true),
  /** Take no notice. */
  drop: (state, event) => reduce(state, event, () => state.waiting),
  /** One after the other. */
  queue: (state, event) => reduce(state, event, args => [...state.waiting, args]),
  /** When it is over, only the last that came meanwhile. */
  keepLatest: (state, event) => reduce(state, event, args => [args]),
}
