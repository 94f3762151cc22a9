/** What public functions do when they are called from within: by their own callbacks, and where the library calls a program: docs/misuse-within.md. */
import * as core from '../../../../lib/index.ts'
import { type Coroutine, EventLoop, VirtualHost, createTask, getRunningLoop, greenlet, pyGenerator, sleep, use } from '../../../../lib/index.ts'
import { THROWN, answerOf, outcomeFor } from './attempt.ts'
import { call, checkedCallables, rightArguments } from './call.ts'
import type { Callable, Parameter } from './callables.ts'
import { code, grouped } from './page.ts'
import { ownCallbacks } from './own-callbacks.ts'
import { objectOf } from './samples.ts'

/** A function that calls itself from within one of its parameters. */
export interface Within {
  /** The parameter that calls: `repeat(body)`. */
  readonly name: string
  /** What the call within does: `ok`, a code, or that it is not called. */
  readonly inner: string
  /** What the call around it does. */
  readonly outer: string
}

type Plain = (...args: unknown[]) => unknown

/** Every parameter that the library calls or reads: a function, options with a getter, and a list that is made while it is read. */
export function withinItself(): Within[] {
  const found: Within[] = []
  for (const callable of checkedCallables()) {
    for (const parameter of callable.parameters) {
      const name = callable.kind === 'property' ? `${callable.name} =` : `${callable.name}(${parameter.name.replace('$', '')})`
      const ways = waysInto(callable, parameter)
      for (const [way, wrap] of ways) found.push({ name: `${name}${way}`, ...callWithin(callable, parameter, wrap) })
    }
  }
  return found
}

/** Makes of a right value one that calls something when it is used. */
type Wrap = (right: unknown, inner: () => unknown) => unknown

function waysInto({ options }: Callable, { name, type }: Parameter): [string, Wrap][] {
  const ways: [string, Wrap][] = []
  if (/=>|^(Callback|Worker|Program|Run|Tracer|Watcher|Register|Subscribe|RequestFrame|ErrorCondition|F$|M$)/.test(type)) ways.push(['', callingFunction])
  if (/^Iterable</.test(type)) ways.push(['', readList])
  if (/^Stream</.test(type)) ways.push(['', readStream])
  for (const option of options) {
    if (!option.name.startsWith(`${name.replace('$', '')}.`)) continue
    if (option.type.includes('=>')) {
      ways.push([`.${String(option.option)}()`, (right, inner) => ({ ...Object(right), [option.option as string]: (...args: unknown[]) => { inner(); return args[0] } })])
    }
    ways.push([`.${String(option.option)}`, (right, inner) => Object.defineProperty({ ...Object(right) }, option.option as string, {
      enumerable: true, get() { inner(); return (Object(right) as Record<string, unknown>)[option.option as string] },
    })])
  }
  return ways
}

const callingFunction: Wrap = (right, inner) => {
  if (typeof right !== 'function') return right === null ? () => { inner() } : right
  if (Object.prototype.toString.call(right) !== '[object GeneratorFunction]') return (...args: unknown[]) => { inner(); return (right as Plain)(...args) }
  return function* (...args: unknown[]): Generator<unknown, unknown, unknown> { inner(); return yield* (right as (...given: unknown[]) => Generator<unknown, unknown, unknown>)(...args) }
}

const readList: Wrap = (right, inner) => ({ *[Symbol.iterator]() { inner(); yield* right as Iterable<unknown> } })

const readStream: Wrap = (right, inner) => ({
  iterate() {
    const iterator = (right as core.Stream<unknown>).iterate()
    return { next: () => { inner(); return iterator.next() } }
  },
})

function callWithin(callable: Callable, parameter: Parameter, wrap: Wrap): Omit<Within, 'name'> {
  const inner: string[] = []
  const { outcome } = answerOf(callable, () => {
    const object = callable.owner === null ? null : /^EventLoop\.(call|setExc|onInput)/.test(callable.name) ? getRunningLoop() : objectOf(callable.owner)
    const once = (): void => {
      if (inner.length > 0) return
      inner.push('does not come back')
      inner[0] = outcomeFor(() => { letGo(call(callable, rightArguments(callable, parameter), object)) })
    }
    const given = rightArguments(callable, parameter)
    const place = callable.parameters.indexOf(parameter)
    given[place] = wrap(given[place], once)
    return call(callable, given, object)
  })
  return { inner: plain(inner[0] ?? NOT_CALLED), outer: plain(outcome) }
}

/** What nobody waits for is closed, as far as it can be. */
function letGo(value: unknown): void {
  if (core.isCoroutine(value)) outcomeFor(() => { value.return(undefined) })
}

function plain(outcome: string): string { return outcome === THROWN ? 'ok' : outcome }

/** A place where the library calls a program. */
interface Place {
  readonly name: string
  /** Bring it about, with a function that is called there, and wait until it was. */
  readonly at: (act: () => void) => Coroutine<unknown>
}

function* until(condition: () => boolean): Coroutine<void> { for (let i = 0; i < 5 && !condition(); i++) yield* sleep(1) }
function* waiting(): Coroutine<void> { yield* sleep(1000) }
function* cleaning(act: () => void): Coroutine<void> { try { yield* waiting() } finally { act() } }

const places: readonly Place[] = [
  { name: 'a callback of the loop', *at(act) { getRunningLoop().callSoon(act); yield* sleep(1) } },
  { name: 'a done-callback', *at(act) { const future = new core.Future<void>(); future.addDoneCallback(act); future.setResult(); yield* sleep(1) } },
  { name: 'an exception handler', *at(act) {
    getRunningLoop().setExceptionHandler(() => { getRunningLoop().setExceptionHandler(null); act() })
    getRunningLoop().callExceptionHandler({ message: 'tea' })
  } },
  { name: 'a `finally` of a task that is cancelled', *at(act) { const task = createTask(cleaning(act)); yield* sleep(1); task.cancel(); yield* sleep(1) } },
  { name: 'a `finally` of a script whose owner closes', *at(act) {
    const owner = getRunningLoop().owner('tea', { onError() { /* it hears */ } })
    owner.spawn(cleaning(act))
    yield* sleep(1)
    owner.close()
  } },
  { name: 'the exit of a manager', *at(act) { yield* use({ *enter() { /* begins */ }, *exit() { act() } }, function* () { /* nothing */ }) } },
  { name: 'a generator that `next()` resumes', *at(act) { pyGenerator(function* () { act(); yield 1 }).next() } },
  { name: 'a generator that is being closed', *at(act) { const generator = pyGenerator(function* () { try { yield 1 } finally { act() } }); generator.next(); generator.close() } },
  { name: 'a greenlet', *at(act) { yield* greenlet(function* (): Coroutine<void> { act() }).switch() } },
  { name: 'a tracer', *at(act) {
    core.setTrace(() => { core.setTrace(null); act() })
    yield* greenlet(function* (): Coroutine<void> { /* nothing */ }).switch()
    core.setTrace(null)
  } },
  { name: 'a watcher', *at(act) {
    let isOver = false
    const end = core.watch(() => { if (isOver) return; isOver = true; act() })
    try { yield* core.yieldFrom((function* (): Coroutine<void> { yield* sleep(1) })()) } finally { end() }
  } },
  { name: 'what `suspend()` calls', *at(act) { yield* core.suspend(resume => { act(); resume() }) } },
  { name: 'a function of `Context.run()`', *at(act) { new core.Context().run(act) } },
  { name: 'a key of a priority queue', *at(act) {
    const queue = new core.PriorityQueue<number>(0, { compare: (a, b) => { act(); return a - b } })
    queue.putNowait(1)
    queue.putNowait(2)
  } },
]

/** What a function does in some place, if it does something else there than in a task. */
export interface Placed {
  readonly place: string
  readonly name: string
  readonly inTask: string
  readonly there: string
}

export function inPlaces(): Placed[] {
  const found: Placed[] = []
  for (const callable of checkedCallables()) {
    const usual = outcomeAt({ name: 'a task', *at(act) { act() } }, callable)
    for (const place of places) {
      const there = outcomeAt(place, callable)
      if (there !== usual) found.push({ place: place.name, name: callable.name, inTask: usual, there })
    }
  }
  return found
}

/** Call it in that place with right values. What it gives is not waited for: the place does not wait. */
function outcomeAt({ at }: Place, callable: Callable): string {
  return outcomeBy(callable, function* (act) {
    const object = callable.owner === null ? null : objectOf(callable.owner)
    yield* at(() => { act(object) })
  }, false)
}

/** What a method does in a place where its own object calls the program. */
export interface InOwn {
  readonly owner: string
  readonly words: string
  readonly method: string
  readonly outcome: string
}

export function inOwnCallbacks(): InOwn[] {
  const callables = checkedCallables()
  return ownCallbacks.flatMap(({ owner, words, at }) => callables.filter(callable => callable.owner === owner).flatMap(callable => {
    const row = (method: string, sets: boolean): InOwn => ({ owner, words, method, outcome: outcomeBy(callable, at, sets) })
    if (callable.kind === 'method') return [row(callable.method, true)]
    return [row(callable.method, false), ...callable.parameters.length > 0 ? [row(`${callable.method} =`, true)] : []]
  }))
}

const STOPS = /^EventLoop\.(stop|abandon)$/
/** What stops the loop stops its run, and what cancels a group cancels the block that it is in. */
const NATURAL = /^EventLoop\.(stop|abandon) `STOPPED_EARLY`|^TaskGroup\.cancel `CANCELLED`/

/** @param sets are right values given to a property, or is it read? */
function outcomeBy(callable: Callable, at: (act: (object: object | null) => void) => Coroutine<unknown>, sets: boolean): string {
  let there = 'is not called'
  let hasActed = false
  const loop = new EventLoop({ host: new VirtualHost(), logger() { /* nobody reads it */ } })
  const outcome = outcomeFor(() => {
    loop.runUntilComplete((function* (): Coroutine<void> {
      yield* at(object => {
        if (hasActed) return
        hasActed = true
        there = 'does not come back'
        there = outcomeFor(() => { letGo(call(callable, sets || callable.kind !== 'property' ? rightArguments(callable) : [], object)) })
      })
      yield* until(() => hasActed)
    })())
  })
  core.setTrace(null)
  core.setEventLoop(null)
  if (STOPS.test(callable.name)) outcomeFor(() => { loop.runUntilComplete(sleep(1)) }) // as in asyncio, a stop that is left over ends the next run
  const after = outcomeFor(() => { loop.runUntilComplete(sleep(1)) })
  loop.close()
  if (outcome === '`SWITCH_NOT_YIELDED`') return outcome
  if (outcome !== 'ok' && outcome !== THROWN && outcome !== there && !NATURAL.test(`${callable.name} ${outcome}`)) there += `, and then ${outcome} around it`
  if (after !== 'ok') there += `, and the loop does not go on: ${after}`
  return plain(there)
}

/** The page. */
export function text(itself: readonly Within[], own: readonly InOwn[], placed: readonly Placed[]): string {
  const called = itself.filter(({ inner }) => inner !== NOT_CALLED)
  const fine = called.filter(({ inner, outer }) => inner === 'ok' && isFine(outer))
  const rest = grouped(called.filter(row => !fine.includes(row)), ({ inner, outer }) => `${inner} | ${outer}`)
  return `# Calls from within

What public functions do when they are called while they are being called: by their own callbacks, by the getters of their options, by the lists that they read, and in
all places where the library calls a program. The page is made by doing that with each of them, beside another task. In no case does a call come back with JavaScript's own
error, nothing is left undone, and the loop goes on afterwards. [Errors](errors.md) says what each code means.

[Wrong arguments](misuse.md) and [wrong states](misuse-states.md) are made in the same way.

## A function within itself

The parameter calls the same function of the same object again, with right arguments. \`options.limit\` calls it in the getter of the option, and \`options.onError()\` when the option is called. Of ${called.length}
such calls, ${fine.length} do what they do elsewhere, and so does the call around them. These do not:

| the call within | the call around it | where |
|---|---|---|
${Array.from(rest, ([outcomes, rows]) => `| ${outcomes} | ${rows.map(({ name }) => code(name)).join(' ')} |`).join('\n')}

## The methods of an object, in its own callbacks

| object | place | refuses | does what it does elsewhere |
|---|---|---|---|
${Array.from(grouped(own, ({ owner, words }) => `| ${code(owner)} | ${words}`), ([place, rows]) => {
    const refused = grouped(rows.filter(({ outcome }) => outcome !== 'ok'), ({ outcome }) => outcome)
    return `${place} | ${Array.from(refused, ([outcome, methods]) => `${outcome}: ${methods.map(({ method }) => code(method)).join(' ')}`).join('; ')} | ${
      rows.filter(({ outcome }) => outcome === 'ok').map(({ method }) => code(method)).join(' ')} |`
  }).join('\n')}

## Every function, in every place

Each function is called in a task, and in: ${places.map(({ name }) => name).join(', ')}. It does the same everywhere, but for these:

| place | function | in a task | there |
|---|---|---|---|
${rowsOfPlaces(placed).join('\n')}
`
}

/** What differs in the same way in the same places is in one row. */
function rowsOfPlaces(placed: readonly Placed[]): string[] {
  const functions = Array.from(grouped(placed, ({ name, inTask, there }) => `${name} ${inTask} ${there}`).values(), same => ({
    name: same[0]?.name ?? '', where: same.map(({ place }) => place).join(', '), what: `${same[0]?.inTask} | ${same[0]?.there}`,
  }))
  return Array.from(grouped(functions, ({ where, what }) => `${where} | ${what}`).values(), rows =>
    `| ${rows[0]?.where} | ${rows.map(({ name }) => code(name)).join(' ')} | ${rows[0]?.what} |`)
}

const NOT_CALLED = 'is not called'
const isFine = (outcome: string): boolean => outcome === 'ok' || outcome === 'waits'
