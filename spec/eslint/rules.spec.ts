import { join } from 'node:path'
import { fix, lint, programOf } from './support/removals.ts'

interface Case {
  readonly code: string
  /** With the line, counted from the first of the case. */
  readonly says: readonly string[]
  /** After `eslint --fix`; `null` where nothing can be mended. */
  readonly fixed?: string
}

const IMPORTS = 'import { BaseException, Condition, type Coroutine, Future, Queue, type Task, TaskGroup, Runner, asyncGenerator, channel, createTask, driveSync, emit, ' +
  'ensureFuture, forEach, gather, getRunningLoop, greenlet, isCancelled, moveOnAfter, run, sleep, timeout, use, waitUntil } from "yieldfrom"; ' +
  'const queue = new Queue<number>();\n'

const main = (...lines: string[]): string => `export function* main(): Coroutine<unknown> {\n${lines.map(line => `  ${line}\n`).join('')}}\n`
const NOTHING = 'this does nothing until it is yielded. Write yield* before it'
const RESULT = 'this is the coroutine, and not its result. Write yield* before it'
const SWALLOWED = 'this catches a cancellation, too, and the task goes on. Write in its first line: if (error instanceof BaseException) throw error'
const REPLACED = 'this ends a cancellation, too, and the task goes on: a finally is left by it, and not by the error. Write it behind the try'
const IGNORED = 'this function gets a coroutine, and drops it, so that nothing of it runs. Write for (const item of …) yield* f(item), or createTask(…) in the function'
const CALLBACK = 'this callback gives a coroutine, and nobody drives it, so that nothing of it runs. Write () => createTask(…)'
const LIST = 'these coroutines do nothing until they are yielded. Write yield* gather(…), or yield* all(…)'
const TRUE = 'a coroutine is always true. Write yield* before it'

const cases: Readonly<Record<string, Case>> = {
  'a request that is dropped': { code: main('sleep(10)'), says: [`2: ${NOTHING}`], fixed: main('yield* sleep(10)') },
  'one behind a condition': {
    code: main('queue.empty() || queue.get()', 'queue.full() ? queue.get() : sleep(1)'),
    says: [`2: ${NOTHING}`, `3: ${NOTHING}`, `3: ${NOTHING}`],
    fixed: main('queue.empty() || (yield* queue.get())', 'queue.full() ? (yield* queue.get()) : (yield* sleep(1))'),
  },
  'one among commas, behind void, and behind ?.': {
    code: main('void sleep(1)', 'sleep(2), sleep(3);', '(queue as Queue<number> | undefined)?.get()'),
    says: [`2: ${NOTHING}`, `3: ${NOTHING}`, `3: ${NOTHING}`, `4: ${NOTHING}`],
    fixed: main('void (yield* sleep(1))', 'yield* sleep(2), yield* sleep(3);', '(yield* (queue as Queue<number> | undefined)?.get())'),
  },
  'a switch that is dropped': { code: main('greenlet(() => 1).switch()'), says: [`2: ${NOTHING}`] },
  'a generator of any kind that is dropped': {
    code: 'function* numbers() { yield 1 }\nnumbers()\n',
    says: ['2: this does nothing until a coroutine yields it. Make the function a function* and write yield* before it, or write run(…) or createTask(…)'],
  },
  'one in plain code': {
    code: 'export function plain(): void {\n  sleep(1)\n}\n',
    says: ['2: this does nothing until a coroutine yields it. Make the function a function* and write yield* before it, or write run(…) or createTask(…)'],
  },
  'a future that nobody waits for': {
    code: main('gather([sleep(1)])', 'const task = createTask(sleep(1))', 'task'),
    says: ['2: nobody waits for this. Write yield* before it', '4: nobody waits for this. Write yield* before it'],
    fixed: main('yield* gather([sleep(1)])', 'const task = createTask(sleep(1))', 'yield* task'),
  },
  'one that is stored and never used': {
    code: main('const pause = sleep(1)'),
    says: ['2: this is stored, and never yielded. Write yield* before it'],
    fixed: main('const pause = yield* sleep(1)'),
  },
  'a future that gets another name': {
    code: main('const future = new Future<number>()', 'const result = future', 'return result'),
    says: ['3: this gives the future another name. To have its result, write yield* before it'],
  },
  'a coroutine as a condition': {
    code: main('if (queue.get()) return 1', 'while (queue.get()) return 2', 'do { /* nothing */ } while (queue.get())', 'for (; queue.get();) return 3',
      'const found = queue.get() ? 1 : 2', 'return !queue.get() || (queue.get() && found)'),
    says: [2, 3, 4, 5, 6, 7, 7].map(line => `${line}: ${TRUE}`),
  },
  'one as a condition, behind another one': {
    code: main('if (queue.full() && queue.get()) return 1', 'if (queue.empty() || !queue.full() && queue.get()) return 2', 'const always = sleep(1)', 'if (always) yield* always'),
    says: [2, 3, 5].map(line => `${line}: ${TRUE}`),
    fixed: main('if (queue.full() && (yield* queue.get())) return 1', 'if (queue.empty() || !queue.full() && (yield* queue.get())) return 2', 'const always = sleep(1)',
      'if (yield* always) yield* always'),
  },
  'a property of the result, asked of the coroutine': {
    code: `function* price() { yield* sleep(1); return { item: 'tea' } }\n${main('const { item } = price() as never as Coroutine<{ item: string }> & { item: string }', 'const { item: tea, next } = price() as any as Coroutine<never>',
      '(price() as any as Coroutine<never>).item', 'const { length } = price() as never, { ...all } = price()', 'return [item, tea, next, length, all, (price() as any as Coroutine<never> | null)?.item]')}`,
    says: [4, 5, 7].map(line => `${line}: ${RESULT}`),
  },
  'a method that is asked, and not called': {
    code: main('const task = createTask(sleep(1)), limit = timeout(5)', 'if (task.done) return 1', 'while (!queue.empty) yield* queue.get()', 'return limit.expired ? 2 : (task as Task | null)?.done && queue.qsize > 1',
      'for (; 1 < (queue.qsize as any) || task.done === true as any;) yield'),
    says: ['3: this is the method itself, which is always true. Write done()', '4: this is the method itself, which is always true. Write empty()',
      '5: this is the method itself, which is always true. Write expired()', '5: this is the method itself, which is always true. Write done()',
      '5: this is the method itself, which is always true. Write qsize()'],
    fixed: main('const task = createTask(sleep(1)), limit = timeout(5)', 'if (task.done()) return 1', 'while (!queue.empty()) yield* queue.get()',
      'return limit.expired() ? 2 : (task as Task | null)?.done() && queue.qsize() > 1', 'for (; 1 < (queue.qsize as any) || task.done === true as any;) yield'),
  },
  'a coroutine function that is asked whether': {
    code: main('const ok = function* (n: number): Coroutine<boolean> { return n > 1 }', 'const list = [[1, 2].filter(ok), [1].some(n => ok(n)), [1].find(function* (n) { yield n })]',
      'const condition = new Condition()', 'yield* condition.waitFor(() => queue.get())', 'yield* waitUntil(function* () { return yield* queue.get() })', 'return list'),
    says: [[3, 'filter'], [3, 'some'], [3, 'find'], [5, 'waitFor'], [6, 'waitUntil']].map(([line, name]) => `${line}: ${name}() gets a coroutine from this function, ` +
      'and not its result. A coroutine is always true. Write a loop with yield* f(…) in it'),
  },
  'callbacks of the library that give a coroutine': {
    code: main('const loop = getRunningLoop()', 'loop.callLater(1, () => sleep(1))', 'loop.callSoon(function* () { yield* sleep(1) })', 'createTask(sleep(1)).addDoneCallback(() => queue.get())',
      'loop.setExceptionHandler(function* () { queue.full() })', 'channel(1, { onUndelivered: () => queue.get(), overflow: "wait" })', 'yield'),
    says: [3, 4, 5, 6, 7].map(line => `${line}: ${CALLBACK}`),
  },
  'promises of awaitables': {
    code: 'export const main = async (): Promise<void> => {\n  await Promise.all([createTask(sleep(1)), 2])\n  await Promise.race([1, , sleep(1)])\n' +
      '  void Promise.any([...[sleep(1)]])\n  const list = [sleep(1)]\n  await Promise.allSettled(list)\n}\n',
    says: [[2, 'all', 'all([…])'], [3, 'race', 'race([…])'], [4, 'any', 'staggeredRace([f, g], 0)'], [6, 'allSettled', 'allSettled([…])']].map(([line, name, instead]) =>
      `${line}: Promise.${name}() waits for promises, and this is not a promise. Write yield* ${instead}, in a function* that is not async`),
  },
  'the result of a future that is set to a coroutine, and an emit() without yield*': {
    code: main('getRunningLoop().createFuture().setResult(queue.get())') + 'export const g = asyncGenerator(function* () { [1].forEach(x => emit(x)); emit(3); yield* emit(4) })\n',
    says: [`2: ${RESULT}`, `4: ${IGNORED}`, `4: ${NOTHING}`],
  },
  'a list of coroutines that is only counted': {
    code: main('const pauses = [1].map(function* (n) { yield* sleep(n) })', 'const never = [sleep(1)]', 'return pauses.length'),
    says: [2, 3].map(line => `${line}: ${LIST}`),
  },
  'a coroutine as text, or as a number': {
    code: main('console.log(queue.get(), gather([sleep(1)]))', 'const text = `${queue.get()}`', 'const sum = +queue.get() + queue.get()', 'new Map([[1, text]]).set(2, sum as never)',
      'return [text] as unknown[]'),
    says: [2, 2, 3, 4, 4].map(line => `${line}: ${RESULT}`),
  },
  'a coroutine as text in plain code': {
    code: 'export function plain(): void { console.log(queue.get()) }\n',
    says: [`1: ${RESULT}`],
  },
  'a coroutine that is iterated': {
    code: main('for (const item of queue.get()) void item', 'const [first] = queue.get()', 'return [...queue.get(), first]'),
    says: [2, 3, 4].map(line => `${line}: a coroutine cannot be iterated: yield* drives it. Write yield* before it, or forEach(…) over a stream`),
  },
  'a coroutine that is returned': {
    code: 'export function* main() {\n  yield* sleep(1)\n  return queue.get()\n}\n',
    says: ['3: this returns the coroutine, and not its result. Write return yield*'],
    fixed: 'export function* main() {\n  yield* sleep(1)\n  return yield* queue.get()\n}\n',
  },
  'a yield without the star': {
    code: main('yield sleep(1)', 'const task = createTask(sleep(1))', 'yield', 'return yield task'),
    says: [2, 5].map(line => `${line}: yield gives the awaitable away, yield* waits for it. Write yield*`),
    fixed: main('yield* sleep(1)', 'const task = createTask(sleep(1))', 'yield', 'return yield* task'),
  },
  'an await': {
    code: 'export const main = async (): Promise<void> => {\n  await sleep(1)\n  await Promise.resolve()\n}\n',
    says: ['2: await waits for promises, and this is not a promise. Write yield*, in a function* that is not async'],
  },
  'a catch that swallows cancellation': {
    code: main('try {', '  yield* sleep(1)', '} catch {', '  return 1', '}'),
    says: [`4: ${SWALLOWED}`],
  },
  'a catch that throws only some kinds of errors': {
    code: main(...[
      'if (error instanceof TypeError) throw error', 'if (!(error instanceof Error)) throw error', 'if (!(error instanceof TypeError) && queue.empty()) throw error',
      'if (queue.size) return 1; else throw error', 'if (!queue.size) throw error', 'if (error instanceof Error || isNaN(1)) return 1; else throw error',
      'switch ((error as Error).name) { case "TypeError": throw error }', 'if ((error as Error).name === "x") throw error; else return 1',
    ].map(handler => `try { yield* sleep(1) } catch (error) { ${handler} }`)),
    says: [2, 3, 4, 5, 6, 7, 8, 9].map(line => `${line}: ${SWALLOWED}`),
  },
  'a catch that returns for every error, and throws the rest': {
    code: main(...[
      'if (error instanceof Error) return 1; throw error', 'if (queue.empty() || error instanceof Error) { return 1 } throw error',
    ].map(handler => `try { yield* sleep(1) } catch (error) { ${handler} }`),
    'for (;;) { try { yield* sleep(1) } catch (error) { if (error instanceof Error) continue; throw error } }'),
    says: [2, 3, 4].map(line => `${line}: ${SWALLOWED}`),
  },
  'a catch that asks for a cancellation and does nothing': {
    code: main('try { yield* sleep(1) } catch (error) { if (error instanceof BaseException) {} }', 'try { yield* sleep(1) } catch (error) { if (isCancelled(error)); }'),
    says: [2, 3].map(line => `${line}: ${SWALLOWED}`),
  },
  'a finally that ends the error': {
    code: main('for (;;) { try { yield* sleep(1) } finally { break } }', 'while (queue.empty()) { try { queue.full() } catch { yield* sleep(1) } finally { if (queue.full()) continue } }',
      'try { yield* sleep(1) } finally { return 1 }'),
    says: [2, 3, 4].map(line => `${line}: ${REPLACED}`),
  },
  'what a function gets that looks at no result': {
    code: main('[1].forEach(() => sleep(1)); [1].forEach(function* () { yield* sleep(1) });', '[1].forEach(n => { return sleep(n) }); [1].forEach(sleep)', 'yield'),
    says: [2, 2, 3, 3].map(line => `${line}: ${IGNORED}`),
  },
  'a list of coroutines that is dropped': {
    code: main('[1].map(n => sleep(n));', '[1].map(n => queue.empty() ? sleep(n) : null)', 'yield'),
    says: [2, 3].map(line => `${line}: ${LIST}`),
  },
  'one among commas in a value': {
    code: main('const x = (sleep(1), 3)', 'return (queue.get(), x)'), says: [`2: ${NOTHING}`, `3: ${NOTHING}`],
    fixed: main('const x = (yield* sleep(1), 3)', 'return (yield* queue.get(), x)'),
  },
  'what drives a loop from plain code': {
    code: main('getRunningLoop().tick()', 'getRunningLoop().frame({ dt: 1 })', 'new Runner().run(sleep(1))', 'driveSync([sleep(1)])', 'yield'),
    says: ['tick', 'frame', 'run', 'driveSync'].map((name, i) => `${i + 2}: ${name}() is for plain code: here a loop runs already. Write yield*, or yield* all([…])`),
  },
  'timers and calls that block': {
    code: main('setTimeout(() => undefined, 1)', 'run(sleep(1))', 'getRunningLoop().runUntilComplete(sleep(1))', 'yield* sleep(1)'),
    says: ['2: setTimeout() knows nothing of the loop: while run() blocks, it never fires. Write yield* sleep(ms), or loop.callLater(ms, f)',
      '3: a loop runs already. Write yield*', '4: runUntilComplete() blocks all tasks of the loop. Write yield*'],
  },
  'an emit inside of a group, deeper': {
    code: 'export const items = asyncGenerator(function* () {\n  yield* use(new TaskGroup(), function* () {\n' +
      '    yield* use(queue as never, function* () { yield* emit(1) })\n  })\n})\n',
    says: ['3: the limit belongs to the task that asks for the next item, and goes on while it does something else. ' +
      'Write emit() outside of it, or put the limit around forEach()'],
  },
  'an emit inside of a limit': {
    code: 'export const items = asyncGenerator(function* () {\n  yield* use(timeout(5), function* () {\n    yield* emit(1)\n  })\n})\n',
    says: ['3: the limit belongs to the task that asks for the next item, and goes on while it does something else. ' +
      'Write emit() outside of it, or put the limit around forEach()'],
  },
}

/** In these, nothing is wrong. */
const right: Readonly<Record<string, string>> = {
  'what is yielded': main('yield* sleep(1)', 'const item = yield* queue.get()', 'return item > 1 && (yield* queue.get())'),
  'a task that runs by itself': main('createTask(sleep(1))', 'yield* use(new TaskGroup(), function* (group) { group.createTask(sleep(1)); yield })'),
  'what is passed on, stored and used': main('const pause = sleep(1)', 'const both = [queue.get(), sleep(2)]', 'yield* pause', 'return gather(both)'),
  'what is kept in a list, a map or a queue without a type': main('const list: any[] = [], jobs = new Queue<unknown>()', 'list.push(sleep(1), gather([sleep(1)]))', 'jobs.putNowait(sleep(1))',
    'yield* gather(list)', 'new Map<unknown, unknown>().set(1, sleep(1))'),
  'what a function without types takes': '// @ts-nocheck\nfunction both(a, b) { return gather([a, b]) }\n' + main('yield* both(sleep(1), sleep(2))'),
  'a task that runs by itself, as asyncio names it': main('ensureFuture(sleep(1))', 'yield'),
  'what may be null': main('let task = null as Task | null', 'if (queue.full()) task = createTask(sleep(1))', 'if (task) task.cancel()', 'while (task && !task.done()) yield* sleep(1)', 'return !task'),
  'another name of a future that is used as one': main('let chain = createTask(sleep(1))', 'const before = chain', 'const both = chain', 'chain = createTask(function* () { yield* before }())', 'both.cancel()',
    'const { cancel } = chain', 'return cancel'),
  'methods of the generator itself': main('const { next } = sleep(1)[Symbol.iterator]() as Coroutine<void>', 'const pause: any = sleep(1)', 'const odd = (function* () { yield* sleep(1) })()', 'odd.next()',
    '(odd as never as { label: string }).label = "mine"', 'return [next, pause.label, (function* () { yield* sleep(1) })()["return"], queue["empty"] ? 1 : 2]'),
  'other things that are done, empty or full, and methods that are called': main('const job = { done: false, empty: () => 1, addDoneCallback: 1, getNowait: 2, locked: true, full: 3 }', 'if (job.done || !job.empty || job.locked || job.full > 2) return 1',
    'if (queue.empty() || queue.qsize() > 1 || queue.get === queue.get) return 2', 'const { length } = "x"', 'return length > 1'),
  'callbacks that are asked, or give no coroutine': main('const tasks = [createTask(sleep(1))]', 'getRunningLoop().callLater(1, () => createTask(sleep(1)))', 'tasks[0]?.addDoneCallback(task => task.result())',
    'const ask = { filter: (f: (n: number) => unknown) => f, find() { return 1 } }', 'ask.filter(n => sleep(n))', 'ask.find()', 'yield* waitUntil(() => tasks.some(task => task.done()))',
    'const onMissed = { onMissed: (n: number) => sleep(n), onOther: 1 }', 'const waitFor = (f: () => unknown) => f', 'return [waitFor(() => sleep(1)), onMissed, channel(1, { onUndelivered: x => queue.putNowait(Number(x)) }), ...tasks.filter(...[Boolean] as const)]'),
  'promises of promises': 'export const main = async (): Promise<void> => {\n  await Promise.all([1, Promise.resolve(2)])\n  await Promise.all(new Set([1]))\n  await Promise.race([...[1]])\n' +
    '  const other = { all: (list: unknown[]) => list, race: () => 1 }\n  other.all([sleep(1)])\n  other.race()\n}\n',
  'functions that return coroutines': 'export const pause = () => sleep(1)\nexport function twice() { return gather([sleep(1), sleep(1)]) }\n',
  'a test of what it is': main('const task = createTask(sleep(1))', 'return isCancelled(task) || task === task', 'const maybe = null as Coroutine<number> | null', 'return Array.isArray(queue.get()) || (yield* maybe ?? queue.get())'),
  'other things that can be iterated, or say so': main('const odd = { [Symbol.iterator]: () => ({ next: () => ({ done: true, value: 1 }) }) }', 'const no = { [Symbol.iterator]: 1 }', 'odd', 'no', '(f => f)(odd)', '(() => 1 as unknown as (...x: never[]) => void)()(no as never)'),
  'a catch that throws everything but one kind of error': main(
    ...[
      'if (!(error instanceof TypeError)) throw error', 'if (error instanceof TypeError) return 1; else throw error',
      'if (error instanceof TypeError || error instanceof RangeError) { return 1 } else if (String(error) === "x") return 2; else { throw error }',
      'if (!(error instanceof TypeError) && !(error instanceof RangeError)) throw error', 'if (!(error instanceof TypeError || isNaN(Number(error)))) throw error',
      'if ((error as Error).name !== "TypeError") throw error',
      'if (queue.empty()) { throw error } else throw new TypeError("full")', 'if (!(error instanceof Error) || error.message != "late") { throw error }',
      'switch ((error as Error).name) { case "TypeError": return 1; default: throw error }', 'if (error instanceof Error && (error as Error).name == "x") return 1; else throw error',
    ].map(handler => `try { yield* sleep(1) } catch (error) { ${handler} }`)),
  'a catch that knows of cancellation': main('try { yield* sleep(1) } catch (error) { if (error instanceof BaseException) throw error }',
    'try { yield* sleep(1) } catch (error) { throw error }', 'try { queue.getNowait() } catch { return 1 }',
    'try { (() => function* () { yield* sleep(1) }) } catch { return 2 }'),
  'a catch that asks for a cancellation, and says why it does nothing': main('try { yield* sleep(1) } catch (error) { if (isCancelled(error)) { /* it was asked to end */ } }',
    'try { yield* sleep(1) } catch (error) { if (error instanceof BaseException) {} else throw error }',
    'try { yield* sleep(1) } catch (error) { if (error instanceof Error) queue.putNowait(1); throw error }'),
  'a finally that goes to its end': main('try { yield* sleep(1) } finally { for (;;) { if (queue.full()) continue; break }; switch (1) { default: break } }',
    'try { yield* sleep(1) } finally { [1].map(() => { return 1 }) }', 'try { queue.full() } finally { return 1 }'),
  'callbacks that start tasks, or whose result is looked at': main('[1].forEach(n => { createTask(sleep(n)) }); [1].forEach(n => createTask(sleep(n)));', '[1].map(n => createTask(sleep(n)))',
    'const f = (g: () => unknown): unknown => g', 'f(() => sleep(1))', 'const odd = JSON.parse("1") as any', 'odd(() => sleep(1))', 'yield* gather([1].map(n => sleep(n)))'),
  'other things with these methods': main('const game = { tick: () => 1, frame: () => 2, run: () => 3 }', 'game.tick(); game.frame(); game.run()', 'yield'),
  'a timer in plain code': 'export function plain(): void { setTimeout(() => undefined, 1) }\n',
  'emit() in a generator in a limit': main('yield* use(moveOnAfter(5), () => forEach(asyncGenerator(function* () { yield* emit(1) })(), function* () { yield }))'),
  'emit() elsewhere': 'export function* items() { yield* emit(1) }\nexport const more = { *items() { yield* emit(2) } }\n',
  'calls that take nothing': main('const f = (): number => 1', 'const g = f as (...x: unknown[]) => number', 'f()', 'return { g, ...{ h: g(1) }, i: (f as (x?: number) => number)(2) }'),
  'plain generators': 'export function* numbers(): Generator<number> {\n  yield 1\n  yield* [2]\n  for (const n of numbers()) yield n\n  console.log([...numbers()])\n}\n',
}

describe('the rules', () => {
  const all = Object.entries({ ...Object.fromEntries(Object.entries(cases).map(([name, { code }]) => [name, code])), ...right })
  const files = new Map(all.map(([name, code], i) => [name, { file: join(__dirname, `case-${i}.ts`), code: IMPORTS + code }]))
  const program = programOf([...files.values()])
  const fileOf = (name: string) => files.get(name) as { readonly file: string; readonly code: string }

  it.each(Object.keys(cases))('find %s', name => {
    const says = lint(program, fileOf(name)).map(said => said.replace(/^\d+/, line => String(Number(line) - 1)))
    expect(says).toEqual(cases[name]?.says)
  })

  it.each(Object.keys(cases).filter(name => cases[name]?.fixed !== undefined))('mend %s', name => {
    expect(fix(program, fileOf(name))).toEqual(IMPORTS + (cases[name]?.fixed ?? ''))
  })

  it.each(Object.keys(right))('leave %s alone', name => {
    expect(lint(program, fileOf(name))).toEqual([])
  })

  it('do not know what may be null without strict types', () => {
    const file = { file: join(__dirname, 'loose.ts'), code: IMPORTS + main('const task = createTask(sleep(1)) as Task | null', 'if (task) yield* task', 'if (sleep(1)) return 1') }
    expect(lint(programOf([file], { strict: false }), file)).toEqual([`5: ${TRUE}`])
  })

  it('say what to configure when there are no types', () => {
    expect(lint(null, fileOf('an await'))).toEqual([expect.stringContaining("Write files: ['**/*.ts'], and languageOptions: { parserOptions: { projectService: true } } with the parser of typescript-eslint")])
  })
})
