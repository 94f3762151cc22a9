import {
  type Context, type Coroutine, type FrameView, Greenlet, type GreenletExit, type Switch, type Switching, type TraceEvent,
  type Tracer, getCurrent, greenlet, runMain, setTrace, sleep, suspend,
} from 'yieldfrom'
import { typeOf } from './type-of.ts'

const g = greenlet(function* (name: string, times: number) {
  const received = yield* g2.switch<number>(1)
  typeOf(received).is<number>(true)
  typeOf(yield* g2.switch(name, times)).is<unknown>(true)
  const thrown = yield* g2.throw<string>(RangeError, 'words')
  typeOf(thrown).is<string>(true)
  typeOf(yield* g2.throw()).is<unknown>(true)
  const woken = yield* suspend<number>((resume, raise) => {
    typeOf(resume).is<(value: number) => void>(true)
    typeOf(raise).is<(error: unknown) => void>(true)
    return () => undefined
  })
  typeOf(woken).is<number>(true)
  const nothing = yield* suspend(resume => { resume() })
  typeOf(nothing).is<void>(true)
  return received
})
const g2: Greenlet = new Greenlet((name: string) => name, g)
typeOf(g2.switch<number>()).is<Switch<unknown, number>>(true)
typeOf(g2.resume('a', 5)).is<unknown>(true)

// What a greenlet takes, and what it gives, is read from its run.
const cook = greenlet(function* (order: string) {
  for (;;) {
    yield* sleep(1)
    order = yield* getCurrent().switch(`one ${order}`)
  }
})
typeOf(cook.resume('tea')).is<string>(true)
typeOf(cook.switch('tea')).is<Switch<'tea', string>>(true)
// @ts-expect-error: an order is a string
cook.resume(5)
// @ts-expect-error: an order is missing
cook.resume()
// @ts-expect-error: in a switch, too
cook.switch(5)
// @ts-expect-error: there is one order
cook.resume('tea', 'milk')

// Its switches may get what its start does not, and what it returns comes back, too.
const counter = greenlet(function* (from: number, step: number) {
  const word: 'stop' | undefined = yield* getCurrent().switch()
  return word === 'stop' ? from : BigInt(step)
})
typeOf(counter.resume(1, 2)).is<number | bigint | undefined>(true)
counter.resume('stop')
counter.resume()
// @ts-expect-error: no start, and nothing that its switch gets
counter.resume(1)
// @ts-expect-error: neither is this
counter.resume('go')
typeOf(counter.resumeThrow(RangeError)).is<number | bigint | undefined | GreenletExit>(true)

// One that never switches takes what it starts with; a plain function is over when it returns.
typeOf(greenlet(function* (n: number) { return [n] })).is<Greenlet<[n: number], number[]>>(true)
typeOf(greenlet((name: string) => name.length)).is<Greenlet<[name: string], number>>(true)
typeOf(greenlet().resume('anything', 5)).is<unknown>(true)
// @ts-expect-error: a number is missing
greenlet((n: number) => n).resume()

// A Coroutine hides what it switches with; a Switching shows it.
const hidden = greenlet(function* (n: number): Coroutine<string> { return String(n) })
typeOf(hidden.resume(5)).is<unknown>(true)
hidden.resume('whatever it gets later')
// @ts-expect-error: neither its start nor a single value
hidden.resume(5, 6)
function* shown(n: number): Switching<number, string, boolean> {
  const word: string = yield* getCurrent().switch(n)
  return word === 'stop'
}
typeOf(greenlet(shown).resume(5)).is<number | boolean>(true)
greenlet(shown).resume('stop')
// @ts-expect-error: it gets strings
greenlet(shown).resume(true)

// Two that switch to each other: the type of one is written down, and that of the other is read.
const ping: Greenlet = greenlet(function* () { yield* pong.switch(5) })
const pong = greenlet(function* (n: number) {
  yield* ping.switch(String(n))
  return true
})
typeOf(pong.resume(5)).is<boolean | string>(true)

// Whatever its types are, it is a greenlet.
export const all: Greenlet[] = [g, cook, counter, hidden, pong]

typeOf(g.parent).is<Greenlet | null>(true)
typeOf(g.context).is<Context | null>(true)
typeOf(g.frames).is<readonly FrameView[]>(true)
typeOf<ReturnType<typeof getCurrent>>().is<Greenlet>(true)

// @ts-expect-error: what can be told apart by its type is told
greenlet(5)
// @ts-expect-error: a parent is a greenlet
greenlet(() => 5, {})
// @ts-expect-error: a generator of numbers yields what no greenlet understands
greenlet(function* () { yield 5 })
// @ts-expect-error: read only
g.dead = true
// @ts-expect-error: a value that wakes is a number
suspend<number>(resume => { resume('text') })
// @ts-expect-error: an undo is a function
suspend(() => 5)

// runMain() gives what the program returns, and takes its arguments.
const result = runMain(function* (name: string, times: number) {
  yield* g.switch(name)
  return { name, times }
}, 'name', 5)
typeOf(result).is<{ name: string; times: number }>(true)
// @ts-expect-error: an argument is missing
runMain(function* (name: string) { yield* g.switch(name) })
// @ts-expect-error: Did you mean yield* g.switch()?
runMain(function* () { yield g.switch() })

// A subclass has run as a method, or as a getter, with types of its own.
class Worker extends Greenlet {
  constructor(readonly job: string) { super() }
  override *run(word: string): Coroutine<number> {
    const answer = yield* getCurrent().switch<string>(`${this.job} ${word}`)
    return answer.length
  }
}
typeOf<ReturnType<Worker['run']>>().is<Coroutine<number>>(true)
typeOf<Worker['job']>().is<string>(true)
export const parents: Greenlet[] = [new Worker('digging'), new Greenlet(null, new Worker('resting')), greenlet()]

export class Plain extends Greenlet {
  override run(word: string) { return word.length }
}

const tracer: Tracer = (event, pair) => {
  typeOf(event).is<TraceEvent>(true)
  typeOf(pair).is<[origin: Greenlet, target: Greenlet]>(true)
}
typeOf(setTrace(tracer)).is<Tracer | null>(true)
setTrace(function* (_, [, target]) { yield* target.switch() })
// @ts-expect-error: there are two events
setTrace((event: 'other') => event)
