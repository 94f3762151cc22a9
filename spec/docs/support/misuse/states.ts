/** What methods do when an object is in a state in which they should not be called: docs/misuse-states.md. */
import { type Answer, REFUSED, THROWN, answerOf } from './attempt.ts'
import { call, checkedCallables, rightArguments } from './call.ts'
import type { Callable } from './callables.ts'
import { code, grouped } from './page.ts'
import { type State, states } from './state-samples.ts'

export interface Row {
  readonly state: State
  readonly method: string
  /** A code, `waits`, or what it gives. */
  readonly outcome: string
}

export function rows(): Row[] {
  const callables = checkedCallables().filter(({ kind }) => kind === 'method' || kind === 'property')
  return states.flatMap(state => callables.filter(({ owner }) => owner === state.owner).flatMap(callable => {
    const { kind, method, parameters } = callable
    const row = (name: string, given: (() => unknown[]) | null): Row => ({ state, method: name, outcome: outcomeIn(state, callable, given) })
    if (kind === 'method') return [row(method, () => rightArguments(callable))]
    return [row(method, null), ...parameters.length > 0 ? [row(`${method} =`, () => rightArguments(callable))] : []]
  }))
}

function outcomeIn({ words, make }: State, callable: Callable, given: (() => unknown[]) | null): string {
  let object: object = {}
  let before = ''
  const inside = words === 'that runs' ? { ...callable, name: `${callable.name} inside` } : callable
  const answer = answerOf(inside, () => {
    before = look(object)
    return call(callable, given?.() ?? [], object)
  }, function* () { object = yield* make() }, () => look(object) === before ? '' : `, and it is not what it was: ${before} became ${look(object)}`)
  return inWords(answer)
}

/** What an object says of itself. The time, and who else runs, is not its own. */
function look(object: object): string { return (object as { toString(): string }).toString().replace(/<Clock.*|<EventLoop.*|<\w+Host.*|<Task.*/, '') }

function inWords({ outcome, value }: Answer): string {
  if (outcome === THROWN) return 'its error'
  if (outcome !== 'ok') return outcome
  if (value === undefined) return 'nothing'
  if (typeof value === 'number' && value > 1) return 'a number'
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || value === '') return code(value === '' ? "''" : String(value))
  return 'a value'
}

/** The page: for each class and each state, what is refused, what waits, and what is answered. */
export function text(found: readonly Row[]): string {
  const sections = Array.from(grouped(found, ({ state }) => state.owner), ([owner, ofClass]) => [
    `## ${code(owner)}`, '', '| state | refuses | waits | answers |', '|---|---|---|---|',
    ...Array.from(grouped(ofClass, ({ state }) => state.words), ([words, ofState]) => {
      const by = grouped(ofState, ({ outcome }) => outcome)
      const list = (outcomes: readonly string[]): string => outcomes.map(outcome => `${outcome}: ${namesOf(by.get(outcome) ?? [])}`).join('; ')
      const outcomes = Array.from(by.keys())
      return `| ${words} | ${list(outcomes.filter(outcome => REFUSED.test(outcome)))} | ${namesOf(by.get('waits') ?? [])} | ${
        list(outcomes.filter(outcome => !REFUSED.test(outcome) && outcome !== 'waits'))} |`
    }), '',
  ].join('\n'))
  return `# Wrong states and late calls

What methods do when they are called too early, too late, twice, or by the wrong task. The page is made: each object is brought into the state, in a task beside another
one, and then each of its methods is called with right arguments. What is refused gives an error with a code, and leaves the object as it was. [Errors](errors.md) says what each code means.
What waits has not answered after 50 ms of virtual time. What is answered stands behind what it gives: nothing, a word, or a value. \`Clock.scale =\` stands for setting a property.

[Wrong arguments](misuse.md) and [calls from within](misuse-within.md) are made in the same way.

${sections.join('\n')}`
}

function namesOf(found: readonly Row[]): string { return found.map(({ method }) => code(method)).join(' ') }
