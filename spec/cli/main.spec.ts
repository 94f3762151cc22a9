import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { StudyEvent } from '../../lib/study/index.ts'
import { folder as lessons } from '../study/support/lesson.ts'
import { Installed } from './support/installed.ts'

/** The command, in a process of its own, in an empty folder in which the package is installed. */
const here = new Installed()
const names = readdirSync(lessons).filter(file => file.endsWith('.ts')).map(file => file.replace('.ts', ''))

describe('in an empty folder, where the package is installed', () => {
  it.each(names)('the lesson %s is traced by the command that stands in it', name => {
    expect(here.yieldfrom(['trace', `docs/lessons/${name}.ts`])).toEqual({ code: 0, out: readFileSync(join(lessons, `${name}.txt`), 'utf8'), err: '' })
  })

  it('a lesson is run, stepped through, predicted, swept and made a page', () => {
    const file = 'docs/lessons/05-close-and-finally.ts'
    expect(here.yieldfrom(['run', file]).out.split('\n')[0]).toBe('the kitchen tap is open')
    expect(here.yieldfrom(['step', file, '--keys', '/close\\n']).out.split('\n').slice(0, 2)).toEqual(['05-close-and-finally.ts   event 6 of 19', 'tap is asked to close on line 5'])
    expect(here.yieldfrom(['predict', file, '--questions', '2'], 'a\na\n').out).toMatch(/\n\d of 2 right\.\n$/)
    expect(here.yieldfrom(['sweep', 'docs/lessons/14-cancellation.ts', '--cancels', '2', '--seeds', '1']).code).toBe(0)
    expect(here.yieldfrom(['html', file, '--twin', file.replace('.ts', '.python.ndjson'), '-o', 'tap.html'])).toMatchObject({ code: 0, err: 'tap.html is written\n' })
    expect(here.read('tap.html')).toContain('<title>05-close-and-finally.ts</title>')
  })

  it('a file that is not there is told, and one of the reader comes first', () => {
    expect(here.yieldfrom(['trace', 'none.ts'])).toEqual({ code: 2, out: '', err: 'yieldfrom: none.ts is not there. Name the file of a program, or a lesson: docs/lessons/01-send.ts\n' })
    expect(here.yieldfrom(['worker', 'none.js'])).toEqual({ code: 2, out: '', err: 'yieldfrom: none.js is not there. Name the JavaScript file of the functions\n' })
    expect(here.yieldfrom(['trace', 'node_modules']).err).toBe('yieldfrom: node_modules is no file. Name the file of a program\n')
    expect(here.yieldfrom(['trace', 'dist/cjs/index.js']).code).toBe(2)
    here.write('docs/lessons/02-averager.ts', 'console.log("my own")\n')
    expect(here.yieldfrom(['run', 'docs/lessons/02-averager.ts']).out).toBe('my own\n')
  })
})

describe('a program', () => {
  const echo = here.write('args.cjs', 'console.log(JSON.stringify(process.argv.slice(1)), require.main === module)\n')

  it('gets its arguments, and is the main module, as under plain node', () => {
    const plain = here.node(['args.cjs', 'a', '--b']).out
    expect(plain).toBe(`${JSON.stringify([echo, 'a', '--b'])} true\n`)
    expect(here.yieldfrom(['run', 'args.cjs', 'a', '--b']).out).toBe(plain)
    expect(here.yieldfrom(['trace', 'args.cjs', '--ndjson', 'args.ndjson', '--', 'a', '--b']).out).toBe(plain)
    expect(here.yieldfrom(['sweep', 'args.cjs', '--', 'a', '--b']).out).toContain(plain.trim())
    here.write('args.mts', 'import { fileURLToPath } from "node:url"\nconsole.log(process.argv.length, process.argv[1] === fileURLToPath(import.meta.url))\n')
    expect(here.yieldfrom(['run', 'args.mts', 'x']).out).toBe('3 true\n')
  })

  it('has the exit code that it has under plain node', () => {
    here.write('code.mjs', 'process.exitCode = 3\n')
    here.write('exit.mjs', 'function* f() { yield 1 }\n[...f()]\nprocess.exit(7)\n')
    here.write('throws.mjs', 'throw new Error("no")\n')
    here.write('later.cjs', 'setTimeout(() => { throw new Error("later") })\n')
    here.write('waits.mjs', 'await new Promise(() => {})\n')
    for (const [file, code] of [['code.mjs', 3], ['exit.mjs', 7], ['throws.mjs', 1], ['later.cjs', 1], ['waits.mjs', 13]] as const) {
      expect([file, here.node([file]).code]).toEqual([file, code])
      expect([file, here.yieldfrom(['run', file]).code, here.yieldfrom(['trace', file]).code]).toEqual([file, code, code])
    }
  })

  it('tells its error with the cause and the errors in it, and without a frame of the command', () => {
    here.write('fails.mjs', `function* f() {
  yield 1
  throw new AggregateError([new RangeError('one')], 'outer', { cause: new TypeError('inner') })
}
[...f()]
`)
    const { err, code } = here.yieldfrom(['run', 'fails.mjs'])
    expect(code).toBe(1)
    for (const words of ['AggregateError: outer', 'fails.mjs:3', '[cause]: TypeError: inner', '[errors]: [', 'RangeError: one']) expect(err).toContain(words)
    expect(err).not.toMatch(/cli[\\/]|commander/)
  })

  it('that cannot be parsed is told with its line and a caret, also when another imports it', () => {
    const file = here.write('slip.ts', 'export function* f(a: number): Generator<number> {\n  yield a\n  let = = 3\n}\n')
    const told = `${file}:3\n  let = = 3\n      ^\n\nSyntaxError: Unexpected token\n`
    here.write('imports.mts', 'import "./slip.ts"\n')
    here.write('requires.cjs', 'require("./slip.ts")\n')
    expect(here.yieldfrom(['trace', 'slip.ts'])).toEqual({ code: 1, out: '', err: told })
    expect(here.yieldfrom(['run', 'imports.mts'])).toEqual({ code: 1, out: '', err: told })
    expect(here.yieldfrom(['run', 'requires.cjs'])).toEqual({ code: 1, out: '', err: told })
    expect(here.yieldfrom(['sweep', 'slip.ts'])).toEqual({ code: 1, out: '', err: told })
  })

  it('is an ES module if its package says so', () => {
    here.write('strict/package.json', '{ "type": "module" }')
    here.write('strict/sloppy.js', 'console.log(this === undefined)\n')
    here.write('sloppy.js', 'console.log(this === undefined)\n')
    expect([here.yieldfrom(['run', 'strict/sloppy.js']).out, here.yieldfrom(['run', 'sloppy.js']).out]).toEqual(['true\n', 'false\n'])
  })

  it('of CommonJS tells of generators that were made and forgotten', () => {
    here.write('forgets.cjs', `function* brew(n) { yield n }
function* main() {
  brew(1)
  yield* brew(2)
}
for (const x of main()) console.log(x)
`)
    expect(here.yieldfrom(['trace', 'forgets.cjs']).out.split('\n').filter(line => /^ ?\d.*brew/.test(line))).toEqual([
      ' 3  brew is made on line 3, and has not begun', ' 4  brew#2 is made on line 4, and has not begun', ' 5  main delegates to brew#2 on line 4', ' 6  main starts brew#2',
      ' 7  brew#2 yields 2 on line 1, past main', " 9  main forwards send(undefined) to brew#2; brew#2's yield on line 1 evaluates to undefined", '10  brew#2 returns undefined on line 1 to main',
    ])
  })
})

describe('a program that is ended', () => {
  it('by process.exit() shows what it has done until then, and writes its files', () => {
    here.write('exits.mjs', 'function* f() { yield 1; process.exit(0) }\n[...f()]\n')
    expect(here.yieldfrom(['trace', 'exits.mjs']).out.trimEnd().split('\n').at(-1)).toBe("4  f's yield on line 1 evaluates to undefined")
    expect(here.yieldfrom(['html', 'exits.mjs', '-o', 'exits.html']).code).toBe(0)
    expect(here.read('exits.html')).toContain('"kind":"send"')
    expect(here.yieldfrom(['step', 'exits.mjs', '--keys', '>']).out.split('\n')[0]).toBe('exits.mjs   event 4 of 4')
  })

  it('by Ctrl-C does so, too, even in a loop that never waits', () => {
    here.write('endless.mjs', 'function* f() { for (let n = 0; ; n++) yield n }\nconsole.log("begins")\nfor (const n of f()) if (n < 0) break\n')
    return here.interrupted(['trace', 'endless.mjs', '--limit', '2']).then(({ code, out }) => {
      expect(code).toBe(130)
      expect(out).toContain('\n\n. made   | begins') // the picture, and below it the last events
    })
  })

  it('by Ctrl-C while it waits has its own handlers called, as under plain node', () => {
    here.write('handles.mjs', 'process.on("SIGINT", () => { console.log("heard"); process.exit(4) })\nconsole.log("begins")\nsetInterval(() => {}, 1000)\n')
    return here.interrupted(['trace', 'handles.mjs']).then(({ code, out }) => { expect([code, out.startsWith('begins\nheard\n')]).toEqual([4, true]) })
  })

  it.each([
    ['in a loop that blocks is shown as well', 'import { run, sleep } from "yieldfrom"\nfunction* main() { console.log("begins"); yield* sleep(60_000) }\nrun(main())\n', 130, true],
    ['in code that neither waits nor tells anything ends all the same', 'console.log("begins")\nfor (;;);\n', null, false],
  ] as const)('by Ctrl-C %s', (_, source, wanted, isShown) => {
    here.write('blocks.mjs', source)
    return here.interrupted(['trace', 'blocks.mjs']).then(({ code, out }) => { expect([code, out.includes('main waits for sleep(60000)')]).toEqual([wanted, isShown]) })
  })

  it('because nobody reads what it prints ends quietly', () => {
    here.write('flood.mjs', 'function* f() { for (;;) yield 1 }\nfor (const x of f()) console.log(x)\n')
    const child = here.start(['trace', 'flood.mjs'])
    let err = ''
    return new Promise<number | null>(resolve => {
      child.stderr?.on('data', data => { err += String(data) })
      child.stdout?.once('data', () => { child.stdout?.destroy() })
      child.on('close', resolve)
    }).then(code => { expect([code, err]).toEqual([0, '']) })
  })
})

describe('the recording', () => {
  here.write('counts.mjs', 'function* f(n) { for (let i = 0; i < n; i++) yield i }\nconsole.log([...f(3)].length)\n')

  it('is limited to its last events, and says how many are left out', () => {
    expect(here.yieldfrom(['trace', 'counts.mjs', '--limit', '3']).out.split('\n').filter(line => line !== '' && !/^(\. made|!e throws)/.test(line))).toEqual([
      '3', 'The first 7 events are left out. These are the last 3; a larger --limit keeps more.', 'f  <undefined=undefined|',
      " 8  f's yield on line 1 evaluates to undefined", ' 9  f returns undefined on line 1', "10  prints '3'",
    ])
  })

  it('says it of one event, too', () => {
    const only = (limit: string) => here.yieldfrom(['trace', 'counts.mjs', '--limit', limit]).out
    expect(only('1')).toContain('The first 9 events are left out. This is the last one; a larger --limit keeps more.')
    expect(only('9')).toContain('The first event is left out. These are the last 9; a larger --limit keeps more.')
  })

  it('is printed as far as somebody reads it, and kept as a whole', () => {
    here.write('long.mjs', 'function* f() { for (let i = 0; i < 2000; i++) yield i }\nfor (const x of f());\n')
    const { out } = here.yieldfrom(['trace', 'long.mjs', '--width', '200'])
    expect(out.split('\n').filter(line => /^\d/.test(line)).length).toBe(1000)
    expect(out).toContain('The first 3003 events are left out. These are the last 1000; a larger --limit keeps more.')
    expect(here.yieldfrom(['trace', 'long.mjs', '--limit', '9000']).out.split('\n').filter(line => /^ *\d+ {2}/.test(line)).length).toBe(4003)
  })

  it('is exported in each form', () => {
    const files = { '--ndjson': 'c.ndjson', '--chrome': 'c.json', '--mermaid': 'c.mmd', '--svg': 'c.svg' }
    expect(here.yieldfrom(['trace', 'counts.mjs', ...Object.entries(files).flat()])).toEqual({ code: 0, out: '3\n', err: 'c.json is written\nc.mmd is written\nc.svg is written\nc.ndjson is written\n' })
    expect(Object.values(files).map(file => here.read(file).slice(0, 15))).toEqual(['{"seq":1,"time"', '{"traceEvents":', 'sequenceDiagram', '<svg xmlns="htt'])
    const { events } = JSON.parse(here.yieldfrom(['trace', 'counts.mjs', '--silent', '--json']).out) as { readonly events: StudyEvent[] }
    expect(here.read('c.ndjson')).toBe(events.map(event => `${JSON.stringify(event)}\n`).join(''))
  })

  it('numbers its events as the sweep numbers the points at which it cancels', () => {
    const file = 'docs/lessons/14-cancellation.ts'
    const { out } = here.yieldfrom(['sweep', file, '--seeds', '0'])
    const trace = readFileSync(join(lessons, '14-cancellation.txt'), 'utf8').split('\n').map(line => line.trim())
    const points = Array.from(out.matchAll(/cancelled at event (\d+) \((.*)\)$/gm), ([, seq, words]) => `${seq as string}  ${words as string}`)
    expect(points.length).toBeGreaterThan(5)
    expect(points.filter(point => !trace.includes(point))).toEqual([])
    expect(out).toContain('The numbers are those of yieldfrom trace')
  })

  it('of the tasks is printed as a table and as a tree', () => {
    expect(here.yieldfrom(['ps', 'docs/lessons/15-the-loop.ts', '--at', '5']).out.split('\n')[0]).toMatch(/^TASK +WAITS FOR +IN$/)
    expect(here.yieldfrom(['pstree', 'docs/lessons/15-the-loop.ts']).out).toContain('coffee: brew, waits for sleep(30)')
    expect(JSON.parse(here.yieldfrom(['ps', 'counts.mjs', '--json']).out)).toBe(null)
    expect(here.yieldfrom(['ps', 'counts.mjs']).out).toBe('no task ever waited\n')
  })
})

describe('the quiz', () => {
  it('prints its questions as JSON, for whoever wants to ask them elsewhere', () => {
    const asked = JSON.parse(here.yieldfrom(['predict', 'docs/lessons/01-send.ts', '--questions', '3', '--json']).out) as { readonly right: number; readonly why: string }[]
    expect(asked.map(({ right, why }) => [typeof right, why.endsWith('.')])).toEqual([['number', true], ['number', true], ['number', true]])
  })
})

describe('the quiz of a program without generators', () => {
  it('says that there is nothing to ask', () => {
    here.write('nothing.mjs', 'console.log("tea")\n')
    expect(here.yieldfrom(['predict', 'nothing.mjs'])).toMatchObject({ code: 0, out: expect.stringMatching(/There is nothing to ask: no generator of the program has done anything\.\n$/) as string })
  })
})

describe('the command itself', () => {
  it('tells its version, its help and its mistakes', () => {
    expect(here.yieldfrom(['--version'])).toEqual({ code: 0, out: '0.0.0\n', err: '' })
    expect(here.yieldfrom(['step', '--help']).out).toContain('out of all delegators')
    expect(here.yieldfrom(['trace'])).toMatchObject({ code: 2, out: '' })
    expect(here.yieldfrom(['trace', 'counts.mjs', '--limit', 'many']).err).toContain('It takes a whole number.')
  })

  it('refuses a file that cannot be written, or read, before the program runs', () => {
    const refused = (...args: string[]) => here.yieldfrom(['html', 'counts.mjs', ...args])
    expect(refused('-o', 'no/such/folder.html')).toEqual({ code: 2, out: '', err: 'yieldfrom: no/such/folder.html cannot be written: there is no folder no/such\n' })
    expect(refused('-o', 'counts.mjs/page.html').err).toBe('yieldfrom: counts.mjs/page.html cannot be written: counts.mjs is no folder\n')
    expect(here.yieldfrom(['trace', 'counts.mjs', '--svg', 'node_modules'])).toEqual({ code: 2, out: '', err: 'yieldfrom: node_modules cannot be written: it is no file\n' })
    expect(refused('-o', 'a.html', '--twin', 'none.ndjson').err).toBe('yieldfrom: none.ndjson is not there. Name the recording of a twin, or one of a lesson: docs/lessons/01-send.python.ndjson\n')
    here.write('twin.ndjson', '{"kind":"output","value":"3"}\n\nnull\n')
    expect(refused('-o', 'a.html', '--twin', 'twin.ndjson').err).toBe(`yieldfrom: ${join(here.folder, 'twin.ndjson')}:3: this is no event. A twin is a file as yieldfrom trace --ndjson writes it\n`)
    expect([existsSync(join(here.folder, 'no')), existsSync(join(here.folder, 'a.html'))]).toEqual([false, false])
  })
})
