import type { Sweep } from './sweep.ts'

/** What `yieldfrom sweep` prints. */
export function sweepText({ outcomes, pair }: Sweep): string {
  const runs = outcomes.reduce((count, { labels }) => count + labels.length, 0)
  const groups = outcomes.map(({ outcome, labels }, i) => {
    const shown = labels.slice(0, 3).join('\n   ')
    const more = labels.length > 3 ? `\n   and ${String(labels.length - 3)} more` : ''
    return `${String(i + 1)}. ${String(labels.length)} ${labels.length === 1 ? 'run' : 'runs'}:\n   ${shown}${more}\n${indented(outcome)}`
  })
  const smallest = pair === null ? 'All runs go the same way.\n'
    : `The smallest difference:\n   ${pair[0].label}\n   ${pair[1].label}\n${changes(pair[0].outcome, pair[1].outcome)}`
  const numbers = outcomes.some(({ labels }) => labels.some(label => label.startsWith('cancelled'))) ? 'The numbers are those of yieldfrom trace, and of yieldfrom step: there, press g, the number and return.\n' : ''
  return `${String(runs)} runs, ${String(outcomes.length)} ${outcomes.length === 1 ? 'outcome' : 'outcomes'}\n\n${groups.join('\n')}\n${smallest}${numbers}`
}

function indented(text: string): string { return text.split('\n').map(line => `     ${line}\n`).join('') }

function changes(before: string, after: string): string {
  const [a, b] = [before.split('\n'), after.split('\n')]
  return [...a.filter(line => !b.includes(line)).map(line => `     - ${line}\n`), ...b.filter(line => !a.includes(line)).map(line => `     + ${line}\n`)].join('')
}
