/** What each parameter, and each option, does with wrong values: docs/misuse.md. */
import { THROWN, answerOf } from './attempt.ts'
import { call, checkedCallables, wrongArguments } from './call.ts'
import type { Parameter } from './callables.ts'
import { code } from './page.ts'
import { takesAnything } from './samples.ts'
import { wrong } from './wrong.ts'

export interface Row {
  readonly door: string
  /** The function and the parameter: `sleep(ms)`, `new Clock(options.scale)`. */
  readonly name: string
  /** The wrong values, by what became of them. */
  readonly outcomes: ReadonlyMap<string, readonly string[]>
}

export function rows(): Row[] {
  const found: Row[] = []
  for (const callable of checkedCallables()) {
    for (const parameter of [...callable.parameters, ...callable.options]) {
      if (takesAnything(callable, parameter)) continue
      const outcomes = new Map<string, string[]>()
      for (const [word, value] of wrong) {
        if (takesForEver(parameter, word)) continue
        const { outcome } = answerOf(callable, () => call(callable, wrongArguments(callable, parameter, value())))
        const taken = outcome === 'waits' || outcome === THROWN ? 'ok' : outcome
        outcomes.set(taken, [...outcomes.get(taken) ?? [], word])
      }
      const place = callable.kind === 'property' ? ' =' : `(${parameter.name.replace('$', '')})`
      found.push({ door: callable.door, name: callable.name + place, outcomes })
    }
  }
  return found
}

/** Ten million items take half a minute, and so does it in all to list the keys of a million numbers for each function with options, or to report tasks with long names. */
function takesForEver({ name, type }: Parameter, word: string): boolean {
  if (!word.includes('million')) return false
  return name === 'options.name' || (word === 'ten million letters' ? type === 'Iterable<T>' : /^\$?(options|settings)$/.test(name))
}

/** The page. Parameters that take and refuse the same share a row. */
export function text(found: readonly Row[]): string {
  const sections = Array.from(new Set(found.map(({ door }) => door)), door => {
    const alike = new Map<string, string[]>()
    for (const { name, outcomes } of found.filter(row => row.door === door)) {
      const cells = cellsOf(outcomes)
      alike.set(cells, [...alike.get(cells) ?? [], name])
    }
    return [
      `## ${code(door === '' ? 'yieldfrom' : `yieldfrom/${door}`)}`, '',
      '| function and parameter | takes | refuses |', '|---|---|---|',
      ...Array.from(alike, ([cells, names]) => `| ${names.map(code).join(', ')} | ${cells} |`), '',
    ].join('\n')
  })
  return `# Wrong arguments

What each public function does with arguments that it should not get. The page is made by calling each of them, in a task beside another one, with
${wrong.length} values for each parameter and for each option: ${wrong.map(([word]) => code(word)).join(', ')}. No call disturbs the other task, and none is
refused by JavaScript's own errors. A refused value gives an error with a code. [Errors](errors.md) says what each code means.

A parameter that takes anything is not in the tables, such as the item of \`queue.put()\`. What a value does later is not in them, either: \`seconds(1e308)\`
is taken, and nobody lives to see the end of it. \`asJob()\`, \`map()\` of an executor and \`new Runner()\` look at some values when they are first used. And the functions of
\`yieldfrom/node\` are called with an input and output that leads nowhere: what Node itself refuses, such as a wrong \`cwd\`, is told to the waiting line later. \`Queue.put(item)\` stands for the method of an object, and \`Clock.scale =\` for setting a property.
Types tell most of this before a program runs. The tables are for plain JavaScript.

Two more pages are made in the same way: [wrong states and late calls](misuse-states.md), and [calls from within](misuse-within.md).

${sections.join('\n')}`
}

/** What is taken, and what is refused, most of the values last. */
function cellsOf(outcomes: Row['outcomes']): string {
  const size = Math.max(...Array.from(outcomes.values(), values => values.length))
  const few = (values: readonly string[]): string => values.length === size && size > wrong.length / 2 ? 'the others' : values.map(code).join(' ')
  const taken = outcomes.get('ok') ?? []
  const refused = Array.from(outcomes).filter(([outcome]) => outcome !== 'ok').sort(([, a], [, b]) => a.length - b.length)
    .map(([outcome, values]) => `${outcome} ${few(values)}`)
  return `${refused.length === 0 ? 'all' : few(taken)} | ${refused.join('; ')}`
}
