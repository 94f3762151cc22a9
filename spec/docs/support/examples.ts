/**
 * The index of the examples, by topic and by note, read from the tour and from the first line of each.
 *
 *     npm run examples:index    write docs/examples.md
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const docs = join(__dirname, '../../../docs')
const folder = join(docs, 'examples')

export const page = join(docs, 'examples.md')

export interface Example {
  /** Below `docs/examples/`, without its ending. */
  readonly name: string
  readonly topic: string
  /** What it shows. */
  readonly title: string
  /** From which note it comes, or `null`. */
  readonly note: string | null
}

/** The notes that the examples come from, in their order. */
export const notes = ['callbacks', 'kinds of coroutines', 'tasks and threads', 'native coroutines', 'running a loop']

/** Folders with a topic of their own. */
const folders = { node: 'Real input and output', engines: 'In a game' }

/** The examples, in the order of the tour, and then those of the folders. */
export function examples(): Example[] {
  const tour = readFileSync(join(folder, 'tour.ts'), 'utf8')
  const list = tour.slice(tour.indexOf('['), tour.indexOf(']'))
  let topic = ''
  const found: Example[] = []
  for (const [, comment, name] of list.matchAll(/\/\/ (.*)|'([\w/-]+)'/g)) {
    if (comment !== undefined) topic = comment
    else if (name !== undefined) found.push(example(name, topic))
  }
  for (const [below, theirs] of Object.entries(folders)) {
    const files = readdirSync(join(folder, below)).filter(file => file.endsWith('.ts')).sort()
    found.push(...files.map(file => example(`${below}/${basename(file, '.ts')}`, theirs)))
  }
  return found
}

function example(name: string, topic: string): Example {
  const first = /^\/\/ (.*)/.exec(readFileSync(join(folder, `${name}.ts`), 'utf8'))?.[1] ?? 'The program of the README'
  const note = /; from the note on (.*)$/.exec(first)
  return { name, topic, title: first.replace(/; from the note on .*$/, ''), note: note?.[1] ?? null }
}

/** The text of the page. */
export function markdown(): string {
  const all = examples()
  const topics = [...new Set(all.map(({ topic }) => topic))]
  return [
    INTRODUCTION,
    '## By topic', '',
    ...topics.flatMap(topic => [`### ${topic}`, '', ...all.filter(item => item.topic === topic).map(line), '']),
    '## By note', '',
    'Many examples are programs from five notes on asyncio, in the order in which they stand on the tour.', '',
    ...notes.flatMap(note => [`### The note on ${note}`, '', ...all.filter(item => item.note === note).map(line), '']),
  ].join('\n')
}

function line({ name, title }: Example): string {
  const has = (ending: string): boolean => existsSync(join(folder, `${name}.${ending}`))
  const also = [
    ...has('py') ? [`[Python](examples/${name}.py)`] : [],
    ...has('txt') ? [`[output](examples/${name}.txt)`] : [],
  ]
  return `- [${basename(name)}](examples/${name}.ts)${also.length > 0 ? ` (${also.join(', ')})` : ''}: ${title}`
}

const INTRODUCTION = `# Examples

Each example is a program of one page. Most stand beside a Python program that prints the same, line by line. \`npm start\`, in a clone, runs those
without input and output, one after the other. \`npm run build && npx ts-node docs/examples/without-a-loop/two-greenlets.ts\` runs one.
Its twin: \`PYTHONPATH=docs/examples python3 docs/examples/without-a-loop/two-greenlets.py\`. Each topic has a folder.

This page is made from the first lines of the programs: \`npm run examples:index\`.
`

if (require.main === module) writeFileSync(page, markdown())
