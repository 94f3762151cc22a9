import {
  Context, ContextVar, EventLoop, Lock, ManualHost, VirtualHost, greenlet, pyGenerator, run, sleep, suspend, timeoutAt, use, waitEvent, yieldFrom,
} from '../../lib/index.ts'

const user = new ContextVar<string>('user')

function usedToken(): void {
  const token = user.set('tea')
  user.reset(token)
  user.reset(token)
}

/** Delegate to an iterable, and send it something. */
function sends(iterable: Iterable<unknown>): void {
  const generator = pyGenerator(function* () { yield* yieldFrom(iterable as never) })
  generator.next()
  generator.send('milk')
}

const oddIterator = { [Symbol.iterator]: () => ({ next: () => 5, toString: () => 'odd' }) } as unknown as Iterable<unknown>

/** What a program does, and what it is told. docs/misuse.md has the codes of wrong arguments. */
const refusals: readonly (readonly [string, () => unknown, string, string])[] = [
  ['enters a context twice', () => { const context = new Context(); context.run(() => context.run(() => 1)) },
    'CONTEXT_ENTERED', 'RuntimeError: cannot enter context: it is already entered. Run a copy: context.copy().run(...)'],
  ['uses a token twice', usedToken, 'TOKEN_USED', 'RuntimeError: this Token has already been used once'],
  ['gives a token to another variable', () => { new ContextVar<string>('guest').reset(user.set('tea')) },
    'TOKEN_OF_OTHER_VARIABLE', "ValueError: this Token was created by ContextVar('user'), not by ContextVar('guest')"],
  ['gives a token back in another context', () => { const token = user.set('tea'); new Context().run(() => { user.reset(token) }) },
    'TOKEN_OF_OTHER_CONTEXT', 'ValueError: this Token was created in a different Context'],
  ['reads a variable that has no value', () => new ContextVar('nobody').get(),
    'NO_VALUE', "LookupError: ContextVar('nobody') has no value in this context and no default"],
  ['sends something to an array', () => { sends([1, 2]) },
    'NO_SEND', "AttributeError: Array Iterator has no send: it would drop 'milk'. Send nothing, or delegate to a generator"],
  ...([['a string', 'tea', 'String'], ['a map', new Map([[1, 2], [3, 4]]), 'Map'], ['a set', new Set([1, 2]), 'Set'],
    ['the matches of a pattern', 'tea'.matchAll(/./g), 'RegExp String']] as [string, Iterable<unknown>, string][]).map(([what, iterable, kind]) =>
    [`sends something to ${what}`, () => { sends(iterable) },
      'NO_SEND', `AttributeError: ${kind} Iterator has no send: it would drop 'milk'. Send nothing, or delegate to a generator`] as const),
  ['sends something to a generator before it has begun', () => pyGenerator(function* () { yield 1 }).send('milk'),
    'SEND_BEFORE_START', "TypeError: can't send non-None value to a just-started generator: call next() or send(undefined) first"],
  ['comes to a point in time', () => run(use(timeoutAt(5), () => sleep(10)), { host: new VirtualHost() }),
    'TIMED_OUT', 'TimeoutError: timeoutAt(5): the time is over'],
  ['delegates to an iterator that gives no results', () => { sends(oddIterator) },
    'BAD_ITERATOR', 'TypeError: Object.next() gave 5. Return { value, done }'],
  ['waits for an event of an object that listens, and never stops', () => waitEvent({ on() { /* listens */ } } as never, 'tea'),
    'NOT_AN_EVENT_TARGET', 'TypeError: waitEvent() takes something with addEventListener() or with on() and off(), not Object. ' +
      'Write waitSignal(callback => subscribe(callback))'],
  ['makes a generator of what is none', () => pyGenerator((() => 5) as never),
    'NOT_A_GENERATOR', 'TypeError: pyGenerator() takes a generator or a generator function, not a function. Write pyGenerator(function* () {...})'],
  ['makes a greenlet its own ancestor', () => { const child = greenlet(() => 1); child.parent = greenlet(() => 1, child) },
    'CYCLIC_PARENTS', 'ValueError: cyclic parent chain'],
  ['asks a greenlet for the run that it has lost', () => { const child = greenlet(() => 1); child.resume(); return child.run.name },
    'NO_RUN', 'AttributeError: run: the greenlet has none. It is given one by greenlet(function* () {...}), and loses it when it starts'],
  ['lets a ManualHost wait', () => run(sleep(5), { host: new ManualHost() }),
    'MANUAL_HOST_WAITS', 'RuntimeError: nothing is ready, and the time of a ManualHost passes only by advance(ms) or set(now). ' +
      'Drive the loop by loop.tick(), or give it a VirtualHost'],
  ['makes a loop with a host that has no clock', () => new EventLoop({ host: {} as VirtualHost }),
    'NOT_A_HOST', 'TypeError: a host has a method now(), and Object has none. Write new VirtualHost()'],
  ['returns something from the function of suspend() that undoes nothing', () => run(suspend(() => 5 as never), { host: new VirtualHost() }),
    'UNDO_NOT_CALLABLE', 'TypeError: the function of suspend() returned 5. Return a function that undoes what it has registered, ' +
      'or nothing: suspend(resume => { later(resume) })'],
  ['gives acquire() a time limit', () => (new Lock() as unknown as { acquire(ms: number): unknown }).acquire(5),
    'TOO_MANY_ARGUMENTS', 'TypeError: lock.acquire() got 1 argument too many. For a time limit write waitFor(lock.acquire(), ms)'],
  ['changes the clock of a loop', () => { new EventLoop({ host: new VirtualHost() }).clock.scale = 2 },
    'CLOCK_OF_THE_LOOP', 'RuntimeError: the clock of a loop cannot be changed. Write loop.clock.child({ scale: 0.5 }), and give that clock to an owner'],
  ['stops the clock of a loop', () => { new EventLoop({ host: new VirtualHost() }).clock.paused = true },
    'CLOCK_OF_THE_LOOP', 'RuntimeError: the clock of a loop cannot be changed. Write loop.clock.child({ scale: 0.5 }), and give that clock to an owner'],
]

describe('a program that', () => {
  it.each(refusals)('%s is refused, with a code', (_, does, code, words) => {
    let told: unknown = null
    try {
      does()
    } catch (error) {
      told = [(error as { code?: string }).code, String(error)]
    }
    expect(told).toEqual([code, words])
  })
})
