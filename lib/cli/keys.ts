/** The keys of the stepper, and what each does. */
const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['n  space  →  ↓  return', 'the next event'],
  ['p  ←  ↑', 'the event before'],
  ['f  F', 'over: the next event of this generator, the one before'],
  ['o', 'out: the next event of one that delegates to it'],
  ['O', 'out of all delegators: when control has left them'],
  ['N  P', 'the next event of this task, the one before'],
  ['g 12 return', 'go to event 12'],
  ['/ text return', 'search; / return finds the next'],
  ['<  home   >  end', 'the first event, the last event'],
  ['r  R', 'run its tasks in another order, in the one before'],
  ['?  h', 'this list; any key closes it'],
  ['q', 'end'],
]

/** The line at the bottom of the screen. Where there is no room for all, those in front of the last two are left out first. */
const SHORT: readonly string[] = ['n next', 'p back', 'f over', 'o out', 'N P task', 'r R seed', 'g go to', '/ search', '? all keys', 'q quit']

export function keysLine(width: number): string {
  const [...keys] = SHORT
  while (keys.length > 3 && keys.join('  ').length > width) keys.splice(-3, 1)
  return keys.join('  ')
}

/** All keys, one on each line. On a narrow terminal, what a key does stands below it. */
export function keysHelp(width: number): string {
  const longest = Math.max(...KEYS.map(([keys]) => keys.length))
  const isNarrow = KEYS.some(([, does]) => longest + does.length + 6 > width)
  return KEYS.map(([keys, does]) => isNarrow ? `  ${keys}\n${wrapped(does, width - 6).map(line => `      ${line}\n`).join('')}` : `  ${keys.padEnd(longest)}    ${does}\n`).join('')
}

function wrapped(text: string, room: number): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1] as string
    if (line === '') lines[lines.length - 1] = word
    else if (line.length + 1 + word.length <= room) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}
