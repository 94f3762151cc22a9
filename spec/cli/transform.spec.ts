import { runInNewContext } from 'node:vm'
import { GLOBAL, transform } from '../../lib/cli/transform.ts'
import { VirtualHost, coroutine, run, sleep } from '../../lib/index.ts'
import { Recorder, sentences } from '../../lib/study/index.ts'
import { SourceTracer } from '../../lib/study/source-tracer.ts'
import { printed } from './printed.ts'

const PROGRAMS: [string, string][] = [
  ['sends', 'function* f() { const x = yield 1; print(x); return x * 2 }\nconst g = f(); print(g.next().value); print(g.next(4).value)'],
  ['ends lines without semicolons', 'function* f() {\n  yield\n  [1].map(x => print(x))\n  const y = yield\n  (print)("called", y)\n  return\n}\nconst g = f(); g.next(); g.next(); g.next(7)'],
  ['yields in brackets, templates and arguments', 'function* f(a) { print((yield (a, 2)) + `${yield 3} ${(yield 4)}`, yield yield 5); return (yield 6), 7 }\nconst g = f(); for (let i = 0; i < 9; i++) print(JSON.stringify(g.next(i)))'],
  ['delegates', 'function* a() { try { yield 1 } finally { print("a") } return 2 }\nfunction* b() { print(yield* a()); yield* [3, 4] }\nprint([...b()].join())\nfor (const x of b()) break'],
  ['throws', 'function* a() { try { yield 1 } catch (e) { print(e.message); yield 2; throw new Error("again") } }\nconst g = a(); g.next(); print(g.throw(new Error("boom")).value); try { g.next() } catch (e) { print(e.message) }'],
  ['catches without a name, and by a pattern', 'function* a() { try { yield 1 } catch { print("c") } try { yield 2 } catch ({ message }) { print(message) } }\nconst g = a(); g.next(); g.throw(1); g.throw(new Error("m"))'],
  ['has a finally that overrules', 'function* a() { try { return 1 } finally { return 2 } }\nprint(a().next().value)'],
  ['has methods, computed names and private ones', 'const k = "key"; class A { *[k]() { yield 1 } static *s() { yield this.name } *#p() { yield 3 } *q() { yield* this.#p() } }\nprint([...new A().key()], [...A.s()], [...new A().q()]); const o = { *m() { yield super.toString === Object.prototype.toString } }; print([...o.m()])'],
  ['computes a name by a yield', 'function* f() { class A { static [yield 1]() { return "m" } } return A[yield 2]() }\nconst g = f(); g.next(); g.next("n"); print(g.next("n").value)'],
  ['declares what it uses before', 'function* f() { print(typeof late, typeof h); yield h(); var late = 1; function h() { return 5 } }\nprint([...f()].join())'],
  ['reads names before they have a value', 'function* f() { yield 1; let x = 2; const { a, b: [c], ...d } = { a: 1, b: [2], e: 3 }; yield x; for (const i of [7]) yield i + a + c }\nprint([...f()].join())'],
  ['has parameters of all kinds', 'function* f(a, { b = 2, ...c } = {}, [d] = [4], ...e) { yield [a, b, d, e.length, arguments.length].join() }\nprint(f.length, [...f(1)], [...f(1, {}, [5], 6, 7)])'],
  ['counts its arguments', 'function* f(a) { yield arguments.length; }\nprint(f.length, [...f(1, 2, 3)], [...f()], ["x"].map(f).length)'],
  ['is strict by itself', 'function* f() { "use strict"; yield typeof this }\nprint([...f.call(1)])'],
  ['has labels and branches without blocks', 'function* f(n) { outer: for (;;) { for (;;) { if (n > 2) break outer; else yield n++\n continue outer } } do yield "d"\n while (n++ < 4) }\nprint([...f(0)].join())'],
  ['switches', 'function* f(x) { switch (x) { case 1: let y = yield "one"\n print(y)\n default: yield "rest" } }\nconst g = f(1); g.next(); print(g.next("y").value); print([...f(2)])'],
  ['yields nothing in brackets, lists and arguments', 'function* f() { print((yield), [yield, yield /* twice */].length, `${yield}`); return { a: yield, b: (1, yield) } }\nconst g = f(); for (let i = 0; i < 7; i++) print(JSON.stringify(g.next(i)))'],
  ['leaves asynchronous ones alone', 'async function* f() { yield 1; yield* [2] } async function h() { for await (const x of f()) print(x) }\nprint(typeof f, typeof h)'],
  ['has generators in generators and arrows', 'function* f() { const h = function* () { yield () => 1 }; const a = () => { function* k() { yield 8 } return [...k()] }; yield* h(); yield a() }\nprint([...f()].map(x => typeof x === "function" ? x() : x))'],
  ['has types', 'interface A { x: number }\nenum E { One = 1 }\nclass B { constructor(readonly x: number) {} }\nfunction* f<T extends A>(a: T): Generator<number, void, string> { const s: string = yield a.x; print(s satisfies string, E.One) }\nconst g = f(new B(3)); print(g.next().value); g.next("t")'],
  ['uses our names', `const ${GLOBAL} = 1; function* f(${GLOBAL}Life) { yield ${GLOBAL}Life + ${GLOBAL} }\nprint(0)`],
  ['has fields and blocks of classes', 'const k = "key"; function* f() { class A { static [yield 1] = 7; x = 2; y; static { print("static") } } print(A.n, new A().x, new A().y) }\nconst g = f(); g.next(); g.next("n")'],
  ['has names that are numbers and texts', 'const o = { *1() { yield "one" }, *"a b"() { yield "text" } }\nprint([...o[1]()], [...o["a b"]()])'],
  ['leaves holes in arrays', 'function* f() { const [, b = yield 1, , d] = [, , , 4]; print([, b, , d].length, b, d); for (const i in { a: 1 }) yield i }\nconst g = f(); g.next(); print(g.next(2).value)'],
  ['assigns to what it takes apart', 'function* f() { const o = {}; [o.a, o.b = 2] = yield 1; for (o.c of [3]) yield o.a + o.b + o.c }\nconst g = f(); g.next(); print(g.next([1]).value)'],
  ['has comments to the end of the line', 'function* f // (\n() { yield 1 }\nprint([...f()])'],
  ['has comments between name and brackets', 'function* f /* ( */ (/* none */) { yield 1 }\nprint([...f()])'],
  ['has a try of all three parts in a label', 'function* f() { a: try { try { yield 1; break a } catch (e) { print(e); yield 2; break a } finally { print("f"); yield 3 } } finally { print("out") } }\nfor (const n of [0, 1, 2]) { const g = f(); g.next(); if (n === 1) print(g.throw("t").value); print(JSON.stringify([g.return(9), g.next(), g.next()])) }'],
  ['is returned into, with a yield in its finally', 'function* f() { try { yield 1 } finally { yield 2 } }\nconst g = f(); g.next(); print(JSON.stringify([g.return(9), g.next()]))'],
]

describe('a transformed program', () => {
  it.each(PROGRAMS)('prints the same when it %s', (_, source) => {
    const plain = printed(source, false)
    expect(plain.lines.length).toBeGreaterThan(0)
    expect(transform(source, 'program.mts').code.split('\n').length).toBe(source.split('\n').length)
    if (source.includes(`const ${GLOBAL}`)) expect(transform(source, 'program.mts').code).toContain(`${GLOBAL}_.`)
    else expect(printed(source, true).lines).toEqual(plain.lines)
  })

  it('tells each transfer, with its line', () => {
    const { told } = printed(`function* inner() {
  try {
    const x = yield 'a'
    return x
  } finally { print('bye') }
}
function* outer() {
  try { print(yield* inner()) } catch (error) { yield error.message }
}
function* forgotten() {}
forgotten()
const g = outer()
g.next()
g.throw(new Error('boom'))
g.return(5)`, true)
    expect(told).toEqual([
      'forgotten is made on line 11, and has not begun',
      'outer is made on line 12, and has not begun',
      'outer begins',
      'inner is made on line 8, and has not begun',
      'outer delegates to inner on line 8',
      'outer starts inner',
      "inner yields 'a' on line 3, past outer",
      "outer forwards throw(Error: boom) to inner; inner's yield on line 3 throws Error: boom",
      'inner runs its finally on line 5',
      'inner ends with Error: boom on line 5',
      "outer's yield* on line 8 throws Error: boom",
      'outer catches Error: boom on line 8',
      "outer yields 'boom' on line 8",
      'outer is asked to close on line 8',
      'outer returns undefined on line 8',
    ])
  })

  it('shows the variables that can be seen at a yield', () => {
    const recorder = new Recorder()
    const { code } = transform('function* f(a) { const b = 2; yield a; let c; for (const d of [4]) { const a = 9; yield d } }', 'program.cjs')
    runInNewContext(`${code}\nfor (const x of f(1));`, { [GLOBAL]: new SourceTracer(recorder) })
    expect(recorder.events.filter(({ kind }) => kind === 'yield').map(({ locals }) => locals)).toEqual([
      { a: '1', b: '2' }, { a: '9', b: '2', c: 'undefined', d: '4' },
    ])
  })

  it('tells what it prints, and what the library sees of the same generators is told once', () => {
    const recorder = new Recorder()
    const tracer = new SourceTracer(recorder)
    const { code } = transform(`const inner = coroutine(function* inner() {
  const x = yield* sleep(1, 'tea')
  return x
})
function* outer() {
  print(yield* inner())
}
run(outer(), { host: new VirtualHost() })`, 'program.cjs')
    recorder.start()
    runInNewContext(code, { coroutine, sleep, run, VirtualHost, print: (text: string) => { tracer.output(text) }, [GLOBAL]: tracer })
    recorder.stop()
    const told = recorder.events.filter(({ frame, kind, internal }) => (frame !== null && internal !== true) || kind === 'output')
    expect(sentences(told)).toEqual([
      'outer is made on line 8, and has not begun', 'outer begins', 'inner is made on line 6, and has not begun', 'outer delegates to inner on line 6',
      'outer starts inner', 'inner waits for sleep(1) on line 2; outer waits with it', 'Task-1 waits, and control goes back to the loop', "inner's yield* on line 2 evaluates to 'tea'",
      "inner returns 'tea' on line 3 to outer", "outer's yield* on line 6 evaluates to 'tea'", "prints 'tea'", 'outer returns undefined on line 7',
    ])
  })

  it('is a module if it has to be one, and CommonJS if it can', () => {
    const sources: [string, string][] = [
      ['import "node:fs"', 'a.ts'], ['export const a = 1', 'a.js'], ['await 1', 'a.js'], ['return 1', 'a.js'], ['const a = 1', 'a.mjs'], ['const a = 1', 'a.cts'],
    ]
    expect(sources.map(([source, file]) => transform(source, file).module)).toEqual([true, true, true, false, true, false])
  })

  it('says so when every name that it could use is taken', () => {
    expect(() => transform(`let ${GLOBAL}____`, 'program.js')).toThrow(SyntaxError)
  })
})
