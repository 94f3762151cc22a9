/** What an action does when it is called while it runs. */
export type ActionPolicy = 'restart' | 'drop' | 'queue' | 'keepLatest'

/** The state of an action: whether it runs, and the arguments of the calls that wait. */
export interface ActionState<A> {
  /** Does its body run? */
  readonly isRunning: boolean
  /** The arguments of the calls that wait, the oldest first. */
  readonly waiting: readonly A[]
}

/** The action is called, or its body has ended. */
export type ActionEvent<A> = { readonly type: 'call'; readonly args: A } | { readonly type: 'end' }

/** The next state of an action, and what must be done. */
export interface ActionStep<A> {
  /** The state that the action has now. */
  readonly state: ActionState<A>
  /** Run the body with these arguments; `null` for nothing. */
  readonly start: A | null
  /** Cancel the body that runs. */
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

/** The policies as pure functions. From a state and an event they make the next state, and say what must be done. */
export const actionPolicies: Readonly<Record<ActionPolicy, Reducer>> = {
  /** Cancel the body that runs. When it has ended, begin again. */
  restart: (state, event) => reduce(state, event, args => [args], true),
  /** Ignore the call. */
  drop: (state, event) => reduce(state, event, () => state.waiting),
  /** Run the calls one after the other. */
  queue: (state, event) => reduce(state, event, args => [...state.waiting, args]),
  /** Of the calls that come while the body runs, only the last one runs afterwards. */
  keepLatest: (state, event) => reduce(state, event, args => [args]),
}
