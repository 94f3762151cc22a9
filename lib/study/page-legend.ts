/** The signs on the lanes, each with the class of its colour. `page-script.ts` draws them. */
const SIGNS: readonly (readonly [sign: string, colour: 'runs' | 'gives' | 'fails', words: string])[] = [
  ['·', 'runs', 'was made, and has not begun'],
  ['▸', 'runs', 'begins'],
  ['↑', 'gives', 'yields a value, and stands still'],
  ['↓', 'runs', 'goes on with a value'],
  ['(', 'runs', 'delegates: yield*'],
  ['=', 'runs', 'gets what its delegate returned'],
  ['■', 'runs', 'returns'],
  ['~', 'runs', 'waits for the loop'],
  ['⇄', 'runs', 'switches to another greenlet'],
  ['c', 'runs', 'is in a catch'],
  ['f', 'runs', 'is in a finally'],
  ['!', 'fails', 'an error comes in'],
  ['✕', 'fails', 'ends with an error'],
  ['×', 'fails', 'is asked to close, or to return'],
]

const LINES: readonly (readonly [name: string, words: string])[] = [
  ['runs', 'a thick line: it runs'],
  ['rests', 'a thin dashed line: it stands still, and keeps its variables'],
  ['arrow', 'an arrow between two lanes: control goes to a delegate, or comes back from it; in the colour of errors, with one'],
  ['now', 'the column of the event that is shown'],
]

/** What the signs, the colours and the lines of the lanes mean. */
export const LEGEND = `<details id="legend"><summary>What the signs and colours mean</summary><ul>
${SIGNS.map(([sign, colour, words]) => `<li><b class="${colour}" aria-hidden="true">${sign}</b>${words}</li>`).join('\n')}
${LINES.map(([name, words]) => `<li><b class="line ${name}" aria-hidden="true">${name === 'arrow' ? '↓' : ''}</b>${words}</li>`).join('\n')}
</ul><p>Blue is for what runs, green for what a generator gives, red for errors and closing. Every sign also has a shape of its own.</p></details>`
