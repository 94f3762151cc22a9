import {
  type Awaitable, type Context, type Coroutine, type FrameView, Greenlet, type TraceEvent, type Tracer, getCurrent,
  greenlet, runMain, setTrace, suspend,
} from '../../lib/index.ts'
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
typeOf(g).is<Greenlet>(true)

typeOf(g2.switch<number>()).is<Awaitable<number>>(true)
typeOf(g.resume('a', 5)).is<unknown>(true)
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
