import { GLOBAL, transform } from '../../lib/cli/transform.ts'
import { VirtualHost, createTask, getCurrent, greenlet, pyGenerator, run, sleep, suspend, yieldFrom } from '../../lib/index.ts'
import { Moments, Recorder, type StudyEvent, marbles, sentences, toChromeTrace, toHTML, toMermaid, toSVG } from '../../lib/study/index.ts'
import { Names } from '../../lib/study/names.ts'
import { LEGEND } from '../../lib/study/page-legend.ts'
import { SCRIPT } from '../../lib/study/page-script.ts'
import { show } from '../../lib/study/show.ts'
import { SourceTracer } from '../../lib/study/source-tracer.ts'
import { beside } from '../../lib/study/twin.ts'

/** What a transformed program of CommonJS tells. It may use the names of this list. */
const names = { createTask, getCurrent, greenlet, pyGenerator, run, sleep, yieldFrom, VirtualHost }

function told(source: string, limit?: number): { readonly events: readonly StudyEvent[]; readonly said: readonly string[]; readonly recorder: Recorder } {
  const recorder = new Recorder(limit === undefined ? {} : { limit })
  const tracer = new SourceTracer(recorder)
  const keys = Object.keys(names)
  const program = (0, eval)(`(function (${GLOBAL}, ${keys.join(', ')}) {${transform(source, 'program.cjs').code}\n})\n//# sourceURL=program.cjs`) as (...values: unknown[]) => void
  const end = tracer.watchReturns()
  recorder.start()
  try {
    program(tracer, ...Object.values(names))
  } finally {
    recorder.stop()
    end()
  }
  const events = recorder.events.filter(({ internal }) => internal !== true)
  return { events, said: sentences(events), recorder }
}

describe('a generator of CommonJS', () => {
  it('is told when it is made, with the line of the call, and one that never begins is told as well', () => {
    const { events, said } = told(`function* f() { yield 1 }
f()
const g =
  f()
g.next()`)
    expect(said.slice(0, 3)).toEqual(['f is made on line 2, and has not begun', 'f#2 is made on line 4, and has not begun', 'f#2 begins'])
    expect(events.slice(0, 2).map(({ file, line }) => [file, line])).toEqual([['program.cjs', 2], ['program.cjs', 4]])
  })

  it.each([
    ['looks at its arguments', 'function* f(a) { arguments[0] = 5; yield a }', '[ 5 ]'],
    ['calls eval', 'function* f(a) { yield eval("a") }', '[ 1 ]'],
    ['has two parameters of one name', 'function* f(a, a) { yield a }', '[ undefined ]'],
    ['is strict by itself', 'function* f(a) { "use strict"; yield typeof this + a }', '[ undefined1 ]'],
    ['takes the rest', 'function* f(...a) { yield a.length }', '[ 1 ]'],
  ])('gets no hidden parameter when it %s, and does the same as before', (_, source, printed) => {
    const { said, events } = told(`${source}\n[...f(1)]`)
    expect(said[0]).toBe('f begins')
    expect(`[ ${String(events.find(({ kind }) => kind === 'yield')?.value.split('\'').join(''))} ]`).toBe(printed)
  })

  it('may be strict by its file', () => {
    expect(told('"use strict"\nfunction* f(a) { arguments[0] = 5; yield a }\n[...f(1)]').said.slice(0, 3)).toEqual(['f is made on line 3, and has not begun', 'f begins', 'f yields 1 on line 2'])
  })
})

describe('two generators of one name', () => {
  it('are told apart when somebody delegates to the one that was made first', () => {
    const { said } = told(`function* inner(n) { yield n }
function* outer() {
  const a = inner(1), b = inner(2)
  yield* a
  yield* b
}
[...outer()]`)
    expect(said.filter(text => /delegates|starts|yields/.test(text))).toEqual([
      'outer delegates to inner on line 4', 'outer starts inner', 'inner yields 1 on line 1, past outer',
      'outer delegates to inner#2 on line 5', 'outer starts inner#2', 'inner#2 yields 2 on line 1, past outer',
    ])
  })

  it('are told apart when one of them has begun already, and by yieldFrom()', () => {
    const { said } = told(`function* inner(n) { yield n; yield n }
function* outer() {
  const a = pyGenerator(inner, 1), b = pyGenerator(inner, 2)
  b.next()
  yield* yieldFrom(b)
  yield* yieldFrom(a)
}
[...pyGenerator(outer)]`)
    expect(said.filter(text => text.includes('delegates'))).toEqual(['outer delegates to inner#2 on line 5', 'outer delegates to inner on line 6'])
  })

  it('have no number where nobody can know it: a generator that is over tells nothing', () => {
    const { said } = told(`function* inner() { yield 1 }
function* outer(again) {
  const a = inner(), b = inner()
  for (const x of b);
  yield* b
  if (again) yield* outer(false)
}
[...outer(true)]`)
    expect(said.filter(text => text.includes('delegates'))).toEqual(['outer delegates to inner on line 5', 'outer delegates to outer#2 on line 6', 'outer#2 delegates to inner on line 5'])
  })

  it('may be a task, a greenlet and a generator: each has a name of its own, and the loop is called the loop', () => {
    const { said, events } = told(`function* main() { yield* sleep(1) }
run((function* top() {
  const a = createTask(main(), { name: 'tea' }), b = createTask(main(), { name: 'tea' })
  a.setName('coffee')
  yield* a
  yield* b
})(), { host: new VirtualHost() })
greenlet(main2).resume(1)
function* main2() { yield* getCurrent().parent.switch(2) }`)
    const woken = said.filter(text => text.includes('wakes up'))
    expect(woken.slice(1, 3)).toEqual(['coffee wakes up with undefined', 'tea#2 wakes up with undefined'])
    expect(new Set(events.flatMap(({ task }) => task ?? []))).toEqual(new Set(['Task-1', 'coffee', 'tea#2']))
    expect(said).toContain('coffee waits, and control goes back to the loop')
    expect(said).toContain('coffee is over, and the loop goes on')
    expect(said).toContain('main2 switches to main with 2 on line 9')
  })

  it('a greenlet of a generator called main is not the main greenlet', () => {
    const recorder = new Recorder()
    recorder.start()
    greenlet(function* main() { yield* [] }).resume()
    recorder.stop()
    expect(sentences(recorder.events)[0]).toBe('main switches to main#2 with undefined')
    expect(toMermaid(recorder.events)).toContain('  participant p0 as main (plain code)\n  participant p1 as main＃2\n')
  })
})

describe('a wait', () => {
  it('is that of the generator that asks, and names all that wait with it', () => {
    const { events, said } = told(`function* inmost() { yield* sleep(5) }
function* inner() { yield* inmost() }
function* outer() { yield* inner() }
run(outer(), { host: new VirtualHost() })`)
    expect(said.filter(text => text.includes('waits for'))).toEqual(['inmost waits for sleep(5) on line 1; inner and outer wait with it'])
    const at = events.findIndex(({ kind }) => kind === 'suspend')
    expect(new Moments(events).at(at).stack.map(({ frame, state }) => `${frame} ${state}`)).toEqual(['outer suspended', 'inner suspended', 'inmost suspended'])
  })

  it('that is over at once leaves nothing behind for the next one', () => {
    const { said } = told(`function* inner(f) { try { return yield* f } catch { return 0 } }
function* outer() {
  const f = createTask((function* quick() { yield* [] })())
  yield* f
  yield* inner(f)
  yield* sleep(5)
}
run(outer(), { host: new VirtualHost() })`)
    expect(said.filter(text => text.includes('waits for')).at(-1)).toBe('outer waits for sleep(5) on line 6')
  })

  it('names four of those that wait with it, and counts the others', () => {
    const { said } = told(`function* down(n) { if (n > 0) yield* down(n - 1); else yield* sleep(1) }
run(down(7), { host: new VirtualHost() })`)
    expect(said.find(text => text.includes('waits for'))).toBe('down#8 waits for sleep(1) on line 1; down#7, down#6, down#5, down#4 and 3 more wait with it')
  })
})

describe('a generator that is asked to end', () => {
  const tap = 'function* tap() { try { yield 1; yield 2 } finally { back() } }\nfunction* plain() { yield 1 }\nlet back = () => {}\n'
  const ends = (source: string): string[] => told(tap + source).said.filter(text => /asked|returns|finally|yields [^1]|ends/.test(text))

  it('is asked to return a value, or only to close', () => {
    expect(ends('const g = tap(); g.next(); g.return(9)')).toEqual(['tap is asked to return 9 on line 1', 'tap runs its finally on line 1', 'tap returns 9 on line 1, as it was asked to'])
    expect(ends('const g = plain(); g.next(); g.return("x")')).toEqual(["plain is asked to return 'x' on line 2", "plain returns 'x' on line 2, as it was asked to"])
    expect(ends('const g = plain(); g.next(); g.return(undefined)')).toEqual(['plain is asked to return undefined on line 2', 'plain returns undefined on line 2, as it was asked to'])
    expect(ends('for (const x of tap()) break')).toEqual(['tap is asked to close on line 1', 'tap runs its finally on line 1', 'tap returns undefined on line 1'])
  })

  it('may return another value, yield once more, or fail', () => {
    expect(ends('function* f() { try { yield 1 } finally { yield 2; return 5 } }\nconst g = f(); g.next(); g.return(9); g.next()')).toEqual([
      'f is asked to return 9 on line 4', 'f runs its finally on line 4', 'f yields 2 on line 4, although it was asked to return 9', 'f returns 5 on line 4, and not 9 as it was asked to',
    ])
    expect(ends('function* f() { try { yield 1 } finally { yield 2 } }\nconst g = f(); g.next(); g.return(); g.next()')).toEqual([
      'f is asked to close on line 4', 'f runs its finally on line 4', 'f yields 2 on line 4, although it was asked to close', 'f returns undefined on line 4',
    ])
    expect(ends('function* f() { for (;;) { try { yield 1 } finally { break } } }\nconst g = f(); g.next(); g.return(9)')).toEqual([
      'f is asked to return 9 on line 4', 'f runs its finally on line 4', 'f returns undefined on line 4, and not 9 as it was asked to',
    ])
    expect(ends('function* f() { try { yield 1 } finally { throw new Error("no") } }\nconst g = f(); g.next(); try { g.return(9) } catch {}')).toEqual([
      'f is asked to return 9 on line 4', 'f runs its finally on line 4', 'f ends with Error: no on line 4',
    ])
  })

  it('passes it on to its delegate first, and each learns it', () => {
    expect(ends('function* outer() { yield* plain() }\nconst g = outer(); g.next(); g.return(9)')).toEqual([
      'plain is asked to return 9 on line 2', 'plain returns 9 on line 2 to outer, as it was asked to', 'outer is asked to return 9 on line 4', 'outer returns 9 on line 4, as it was asked to',
    ])
  })

  it('in the finally of another one is told of its own value', () => {
    expect(ends('const g = tap(), h = plain(); h.next(); g.next(); back = () => { h.return(2) }; g.return(1)').filter(text => text.includes('asked'))).toEqual([
      'tap is asked to return 1 on line 1', 'plain is asked to return 2 on line 2', 'plain returns 2 on line 2, as it was asked to', 'tap returns 1 on line 1, as it was asked to',
    ])
  })

  it('by close() of a pyGenerator is asked to close', () => {
    expect(ends('const g = pyGenerator(plain); g.next(); g.close()')).toContain('plain is asked to close on line 2')
  })

  it('is as it was when nobody records any more', () => {
    const prototype = Object.getPrototypeOf((function* () { yield 1 }).prototype) as object
    const before: unknown = Reflect.get(prototype, 'return')
    let during: unknown
    const tracer = new SourceTracer(new Recorder())
    const [first, second] = [tracer.watchReturns(), tracer.watchReturns()]
    during = Reflect.get(prototype, 'return')
    expect(during).not.toBe(before)
    expect([(during as { name: string }).name, (during as { length: number }).length, Object.keys(prototype)]).toEqual(['return', 1, []])
    first()
    expect(Reflect.get(prototype, 'return')).toBe(during)
    second()
    during = Reflect.get(prototype, 'return')
    first()
    expect(Reflect.get(prototype, 'return')).toBe(before)
  })
})

describe('what is told seldom', () => {
  it('a generator that was made in another file has the line and the path of that file', () => {
    const elsewhere = (0, eval)('\n(f => f())\n//# sourceURL=file:///home/other.mjs') as (f: () => Generator) => Generator
    const recorder = new Recorder()
    const tracer = new SourceTracer(recorder)
    const f = (0, eval)(`(${GLOBAL} => { ${transform('return function* f() { yield 1 }', 'program.cjs').code} })\n//# sourceURL=program.cjs`) as (tracer: SourceTracer) => () => Generator
    elsewhere(f(tracer))
    expect(recorder.events.map(({ kind, file, line }) => [kind, file, line])).toEqual([['made', '/home/other.mjs', 2]])
  })

  it('a greenlet waits outside of a loop, and a frame that is known is delegated to', () => {
    const recorder = new Recorder()
    recorder.start()
    greenlet(function* a() { yield* suspend(() => undefined) }).resume()
    function* inner(): Generator<number, void> { yield 1; yield 2 }
    const begun = pyGenerator(inner)
    begun.next()
    pyGenerator(function* outer() { yield* yieldFrom(begun) }).next()
    recorder.stop()
    const said = sentences(recorder.events)
    expect(said).toContain('a waits, and control goes back to main')
    expect(said).toContain('outer delegates to inner')
  })

  it('the work of the library counts for nothing in what is true at an event', () => {
    const recorder = new Recorder()
    recorder.start()
    run((function* main() { yield* sleep(1) })(), { host: new VirtualHost() })
    recorder.stop()
    const { events } = recorder
    expect(events.some(({ internal }) => internal === true)).toBe(true)
    expect(new Moments(events).at(events.length - 1)).toEqual({ frames: [], stack: [], ready: [], timers: [] })
  })

  it('a long text is cut between two characters, and no name is empty', () => {
    expect(show({ a: '☕'.repeat(20), b: '🍵'.repeat(17), c: 1 })).toMatch(/^[^\uD800-\uDFFF]*(🍵)*…$/u)
    expect([show('\x7F\x85'), new Names().fresh('')]).toEqual(["'\\x7f\\x85'", '<anonymous>'])
  })

  it('a sequence diagram has a word for each name and each close', () => {
    const { events } = told('const o = { *[" "]() { yield 1 } }\nconst g = o[" "](); g.next(); g.return(5)\nconst h = o[" "](); h.next(); h.return()')
    expect(toMermaid(events).split('\n').filter(line => /participant|-x/.test(line))).toEqual([
      '  participant p0 as main', '  participant p1 as ‹empty›', '  participant p2 as ＃2', '  p0-xp1: return 5', '  p0-xp2: close()',
    ])
  })
})

describe('the lines', () => {
  it('of a return are its own, or those of the bracket at the end', () => {
    const { said } = told(`function* falls() {
  yield 1
}
function* bare() {
  yield 1
  return
}
[...falls(), ...bare()]`)
    expect(said.filter(text => text.includes('returns'))).toEqual(['falls returns undefined on line 3', 'bare returns undefined on line 6'])
  })
})

describe('an error that a generator does not throw itself', () => {
  it('is told with the line from which it came, in the generator and not in what it has called', () => {
    const { said } = told(`function helper() {
  throw new Error('no tea')
}
function* f(n) {
  yield 1
  if (n > 0)
    helper()
}
class Pot {
  *pour() {
    yield 1
    null.tea
  }
}
for (const g of [f(1), new Pot().pour()]) try { [...g] } catch {}
function* late() {
  try { yield 1 } finally { yield 2 }
}
const g = late(); g.next(); try { g.throw('e'); g.next() } catch {}`)
    expect(said.filter(text => text.includes('ends with')).map(text => text.replace(/: .* on/, ' on'))).toEqual([
      'f ends with Error on line 7', 'pour ends with TypeError on line 12', "late ends with 'e' on line 17",
    ])
  })
})

describe('the variables', () => {
  /** The sentence of each event, with the variables that are shown of the innermost generator. */
  const shown = (source: string): string[] => {
    const { events, said } = told(source)
    const moments = new Moments(events)
    return events.flatMap((event, i) => {
      const live = moments.at(i).stack.at(-1)
      return event.frame === null || live === undefined ? [] : [`${(said[i] as string).split(' on line')[0] as string}: ${Object.entries(live.locals).map(([name, value]) => `${name}=${value}`).join(' ')}`]
    })
  }

  it('are those of the event, and not those of the stop before', () => {
    expect(shown(`function* f(a) {
  let n = 0
  n = 1
  yield n
  n = 2
  try { n = 3; throw 'e' } catch (e) { n = 4 } finally { n = 5 }
  n = 6
  return n
}
[...f('x')]`)).toEqual([
      'f is made: ', "f begins: a='x'", "f yields 1: a='x' n=1", "f's yield: a='x' n=1", "f catches 'e': a='x' n=3 e='e'", "f runs its finally: a='x' n=4", "f returns 6: a='x' n=6",
    ])
  })

  it('are in scope: none of a block that has been left, those of a switch and a catch, and each var', () => {
    expect(shown(`function* f() {
  { const gone = 1; yield gone }
  yield 2
  if (true) { var hoisted = 3 }
  switch (hoisted) { case 3: const inside = 4; yield inside }
  try { throw new Error('no') } catch ({ message }) { yield message }
  for (const [k, v] of [[1, 2]]) yield k
}
[...f()]`).filter(text => text.includes('yields'))).toEqual([
      'f yields 1: hoisted=undefined gone=1', 'f yields 2: hoisted=undefined', 'f yields 4: hoisted=3 inside=4', "f yields 'no': hoisted=3 message='no'", 'f yields 1: hoisted=3 k=1 v=2',
    ])
  })

  it('are shown when an error comes in, when it leaves, and when it is closed', () => {
    expect(shown(`function* f(n) { n++; yield n; n++; yield n }
const g = f(1); g.next(); try { g.throw('e') } catch {}
const h = f(5); h.next(); h.return()
function* t(n) { n++; yield; throw n }
try { [...t(1)] } catch {}
function* c(n) { n++; yield; n.no.no }
try { [...c(1)] } catch {}`).filter(text => /ends|asked|returns/.test(text))).toEqual([
      "f ends with 'e': n=2", 'f#2 is asked to close: n=6', 'f#2 returns undefined: n=6', 't ends with 2: n=2', expect.stringMatching(/^c ends with TypeError.*: $/), // which of its variables could be seen there is not known
    ])
  })
})

describe('odd names and values', () => {
  const odd = 'a"<b>\n\'c;:#&\u0001'
  const { events } = told(`const o = { *[${JSON.stringify(odd)}](x) { yield x } }
for (const x of o[${JSON.stringify(odd)}](${JSON.stringify(`${odd}</script>\u2028end`)}));`)

  it('stay on one line in sentences and in the picture', () => {
    for (const text of [...sentences(events), ...marbles(events).split('\n')]) expect(text).not.toMatch(/[\u0000-\u001F\u2028]/)
    expect(sentences(events)[1]).toContain('\\n')
    expect(marbles(events, { width: 200 }).split('\n').length).toBe(4)
  })

  it('are escaped in each export', () => {
    const diagram = toMermaid(events).split('\n')
    expect(diagram.filter(line => !/^(sequenceDiagram|  participant p\d+ as [^;#<>]+|  p\d+(->>|-x|-->>|--x)p\d+: [^;#<>]+|)$/.test(line))).toEqual([])
    const picture = toSVG(events)
    expect(picture).not.toMatch(/<b>|<\/script|[\u0000-\u001F](?!$)/)
    expect(picture).toContain('&lt;b&gt;')
    expect(toHTML(events, { title: odd, source: odd })).not.toMatch(/<b>\\n|<\/script>\\u2028/)
    expect((JSON.parse(toChromeTrace(events)) as { traceEvents: unknown[] }).traceEvents.length).toBeGreaterThan(3)
  })
})

describe('a recording that has forgotten its beginning', () => {
  it('is drawn from where it begins', () => {
    const { recorder } = told('function* f() { yield 1; yield 2 }\nfunction* g() { yield 3 }\nconst a = f(), b = g(); a.next(); b.next(); a.next(); b.next()', 4)
    expect([recorder.dropped, marbles(recorder.events).split('\n').slice(0, 2)]).toEqual([6, ['f  <undefined=2>-----------------------', 'g  --------------<undefined=undefined|'].map(line => line.trimEnd())])
  })
})

describe('two recordings beside each other', () => {
  const { events } = told('function* f() { yield 1 }\n[...f()]')
  const output = (value: string): StudyEvent => ({ seq: 9, time: null, kind: 'output', task: null, greenlet: 'main', frame: null, parent: null, depth: 0, value })

  it('compare what is printed, also when another recorder writes it without quotes', () => {
    expect(beside([output("'tea'")], [output('tea')])).toEqual([{ ours: 0, twins: 0, same: true }])
    expect(beside([output("'tea'")], [output('coffee')])).toEqual([{ ours: 0, twins: 0, same: false }])
    expect(beside([...events, output("'tea'")], [output('tea')]).at(-1)).toEqual({ ours: events.length, twins: 0, same: true })
  })

  it('say in a page whether a twin has told more than what it prints', () => {
    const dataOf = (twins: readonly StudyEvent[]): unknown => {
      const page = toHTML(events, { twin: { title: 'twin.py', events: twins } })
      return (JSON.parse(/<script id="data" type="application\/json">(.*)<\/script>/.exec(page)?.[1] as string) as { twin: { onlyPrints: boolean; words: string[] } }).twin
    }
    expect([dataOf([output('tea')]), dataOf(events)]).toEqual([
      expect.objectContaining({ onlyPrints: true, words: ["prints 'tea'"] }), expect.objectContaining({ onlyPrints: false }),
    ])
  })

  it('each sign on a lane of a page stands in its legend', () => {
    const signs = /const sign = \{(.*?)\}/.exec(SCRIPT)?.[1]?.split(', ').map(pair => pair.split(': ')[1]?.trim().slice(1, -1) ?? '') ?? []
    expect(signs.length).toBeGreaterThan(10)
    expect(signs.filter(sign => !LEGEND.includes(`aria-hidden="true">${sign}</b>`))).toEqual([])
  })

  it('are compared whole when both are ours', () => {
    expect(beside(events, events)).toEqual(events.map((_, i) => ({ ours: i, twins: i, same: true })))
    const task = { ...output('<Task>'), kind: 'task' as const }
    expect(beside([task, ...events], events.slice(1)).map(({ same }) => same)).toEqual(events.map(() => true).concat(true))
  })
})
