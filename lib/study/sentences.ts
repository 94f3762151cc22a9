import { checkedEvents } from './checked-events.ts'
import type { StudyEvent } from './event.ts'

/**
 * One sentence for each event: `outer delegates to inner`, `inner yields 'a'`, `inner's yield on line 4 evaluates to 10`. When a
 * value passes through delegators, the sentence names the outermost of them.
 * @param events the recorded events.
 * @returns the sentences, in the order of the events.
 */
export function sentences(events: readonly StudyEvent[]): string[] {
  checkedEvents('sentences()', events)
  const parents = new Map<string, string | null>()
  const asked = new Map<string, string>()
  return events.map(event => {
    const { frame, kind, parent, value } = event
    if (frame === null) return sentence(event, [], undefined)
    parents.set(frame, parent)
    if (kind === 'close') asked.set(frame, value)
    const words = sentence(event, delegatorsOf(frame, parents), asked.get(frame))
    if (ENDS.includes(kind)) asked.delete(frame)
    return words
  })
}

const ENDS: readonly StudyEvent['kind'][] = ['return', 'raise']

/** The generators that delegate to one, directly or through others, the innermost first. */
function delegatorsOf(frame: string, parents: ReadonlyMap<string, string | null>): string[] {
  const delegators: string[] = []
  for (let parent = parents.get(frame) ?? null; parent !== null && delegators.length < DEEPEST; parent = parents.get(parent) ?? null) delegators.push(parent)
  return delegators
}

/** Nobody looks for the outermost of more, and generators may delegate to each other in a circle. */
const DEEPEST = 100
/** The most delegators that a sentence names. */
const NAMED = 4

/**
 * @param delegators the generators that delegate to the one of the event. Plain code sends its values to the outermost.
 * @param asked what the generator was asked to return: empty when it was asked to close, `undefined` when it was not asked.
 */
function sentence(event: StudyEvent, delegators: readonly string[], asked: string | undefined): string {
  const { kind, frame, parent, value, to, from } = event
  const who = frame ?? 'somebody'
  const root = delegators[delegators.length - 1] ?? frame
  const at = event.line === undefined ? '' : ` on line ${String(event.line)}`
  switch (kind) {
    case 'made': return `${who} is made${at}, and has not begun`
    case 'enter': return parent === null ? `${who} begins` : `${parent} starts ${who}`
    case 'send': return `${forwarded(root, who, `send(${value})`)}${who}'s yield${at} evaluates to ${value}`
    case 'answer': return `${who}'s yield*${at} evaluates to ${value}`
    case 'result': return `${who}'s yield*${at} evaluates to ${value}`
    case 'throw': return `${forwarded(root, who, `throw(${value})`)}${who}'s yield${at} throws ${value}`
    case 'fail': return `${who}'s yield*${at} throws ${value}`
    case 'yield': return `${who} yields ${value}${at}${root !== null && root !== who ? `, past ${root}` : ''}${unwilling(asked)}`
    case 'emit': return `${who} emits ${value}${at}`
    case 'delegate': return `${who} delegates to ${to ?? value}${at}`
    case 'return': return `${who} returns ${value}${at}${parent === null ? '' : ` to ${parent}`}${answer(asked, value)}`
    case 'raise': return `${who} ends with ${value}${at}`
    case 'close': return `${who} is asked to ${value === '' ? 'close' : `return ${value}`}${at}`
    case 'catch': return value === '' ? `${who} catches the error${at}` : `${who} catches ${value}${at}`
    case 'finally': return `${who} runs its finally${at}`
    case 'suspend': return `${who} waits for ${value}${at}${withThem(delegators)}`
    case 'switch': return event.time === null ? switchSentence(event, from ?? 'somebody', to ?? 'somebody', at) : switchInLoop(event, from ?? 'somebody', to ?? 'somebody', at)
    case 'turn': return `the loop begins a turn${event.time === null ? '' : ` at ${String(event.time)} ms`}`
    case 'task': return `the task ${to ?? value} is made`
    case 'timer': return `a timer is set: ${value}`
    case 'due': return `a timer is due: ${value}`
    case 'callback': return `the loop calls ${value}`
    case 'done': return `${to ?? value} is done: ${value}`
    case 'cancel': return `${to ?? value} is asked to end`
    case 'output': return `prints ${value}`
  }
}

function switchSentence({ value, why }: StudyEvent, from: string, to: string, at: string): string {
  switch (why) {
    case 'throw': return `${from} throws ${value} into ${to}${at}`
    case 'end': return `${from} is over, and ${to} goes on with ${value}`
    case 'wait': return `${from} waits, and control goes back to ${to}`
    case 'wake': return `${to} wakes up with ${value}`
    default: return `${from} switches to ${to} with ${value}${at}`
  }
}

/** The plain code to which control goes back is that of the loop. A generator may have the name `main`, too. */
function switchInLoop(event: StudyEvent, from: string, to: string, at: string): string {
  if (to === 'main' && event.why === 'wait') return `${from} waits, and control goes back to the loop`
  if (to === 'main' && event.why === 'end') return `${from} is over, and the loop goes on`
  return switchSentence(event, from, to, at)
}

function forwarded(root: string | null, who: string, what: string): string {
  return root !== null && root !== who ? `${root} forwards ${what} to ${who}; ` : ''
}

/** The delegators of a generator that waits: they stand still as long as it does. */
function withThem(delegators: readonly string[]): string {
  if (delegators.length === 0) return ''
  const named = delegators.length > NAMED ? [...delegators.slice(0, NAMED), `${String(delegators.length - NAMED)} more`] : delegators
  const last = named[named.length - 1] as string
  return named.length === 1 ? `; ${last} waits with it` : `; ${named.slice(0, -1).join(', ')} and ${last} wait with it`
}

/** A generator that was asked to end yields once more, in its `finally`. */
function unwilling(asked: string | undefined): string {
  return asked === undefined ? '' : `, although it was asked to ${asked === '' ? 'close' : `return ${asked}`}`
}

/** A generator that was asked to return a value may return another one, in its `finally`. */
function answer(asked: string | undefined, value: string): string {
  if (asked === undefined || asked === '') return ''
  return asked === value ? ', as it was asked to' : `, and not ${asked} as it was asked to`
}
