import type { StudyEvent } from './event.ts'

/**
 * One sentence for each event: `outer delegates to inner`, `inner yields 'a'`, `inner's yield on line 4 evaluates to 10`. When a
 * value passes through delegators, the sentence names the outermost of them.
 * @param events the recorded events.
 * @returns the sentences, in the order of the events.
 */
export function sentences(events: readonly StudyEvent[]): string[] {
  const parents = new Map<string, string | null>()
  return events.map(event => {
    if (event.frame !== null) parents.set(event.frame, event.parent)
    return sentence(event, outermost(event.frame, parents))
  })
}

/** @param root the outermost generator of the stack. Plain code sends its values to that one. */
function sentence(event: StudyEvent, root: string | null): string {
  const { kind, frame, parent, value, to, from } = event
  const who = frame ?? 'somebody'
  const at = event.line === undefined ? '' : ` on line ${String(event.line)}`
  switch (kind) {
    case 'made': return `${who} is made${at}, and has not begun`
    case 'enter': return parent === null ? `${who} begins` : `${parent} starts ${who}`
    case 'send': return `${forwarded(root, who, `send(${value})`)}${who}'s yield${at} evaluates to ${value}`
    case 'answer': return `${who}'s yield*${at} evaluates to ${value}`
    case 'result': return `${who}'s yield*${at} evaluates to ${value}`
    case 'throw': return `${forwarded(root, who, `throw(${value})`)}${who}'s yield${at} throws ${value}`
    case 'fail': return `${who}'s yield*${at} throws ${value}`
    case 'yield': return root !== null && root !== who ? `${who} yields ${value}${at}, past ${root}` : `${who} yields ${value}${at}`
    case 'emit': return `${who} emits ${value}${at}`
    case 'delegate': return `${who} delegates to ${to ?? value}${at}`
    case 'return': return parent === null ? `${who} returns ${value}${at}` : `${who} returns ${value}${at} to ${parent}`
    case 'raise': return `${who} ends with ${value}${at}`
    case 'close': return `${who} is asked to close${at}`
    case 'catch': return value === '' ? `${who} catches the error${at}` : `${who} catches ${value}${at}`
    case 'finally': return `${who} runs its finally${at}`
    case 'suspend': return `${who} waits for ${value}${at}`
    case 'switch': return switchSentence(event, from ?? 'somebody', to ?? 'somebody', at)
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

function forwarded(root: string | null, who: string, what: string): string {
  return root !== null && root !== who ? `${root} forwards ${what} to ${who}; ` : ''
}

function outermost(frame: string | null, parents: ReadonlyMap<string, string | null>): string | null {
  let root = frame
  for (let levels = 0; root !== null && levels < 100; levels++) {
    const parent = parents.get(root) ?? null
    if (parent === null) return root
    root = parent
  }
  return root
}
