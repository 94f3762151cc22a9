import {
  type FrameView, type GeneratorState, type PyGenerator, type SwitchView, coroutine, pyGenerator, watch, yieldFrom,
} from 'yieldfrom'
import { typeOf } from './type-of.ts'

function* sub() {
  yield 1
  return 'result'
}

export function* delegating() {
  const result = yield* yieldFrom(sub())
  typeOf(result).is<string>(true)
  const ofGenerator = yield* yieldFrom(pyGenerator(sub))
  typeOf(ofGenerator).is<string>(true)
  const ofArray = yield* yieldFrom([1, 2])
  typeOf(ofArray).is<undefined>(true)
  return { result }
}

// @ts-expect-error: a number cannot be iterated
yieldFrom(5)
// @ts-expect-error: a generator function is called first
yieldFrom(sub)

// What a generator made with it yields, sub-generators included, is known to pyGenerator(), and traps do not show.
const g = pyGenerator(delegating)
typeOf(g.next()).is<IteratorResult<number, { result: string }>>(true)

const plain = pyGenerator(sub)
typeOf(plain).is<PyGenerator<number, string>>(true)

const echoing = pyGenerator(function* (from: number): Generator<number, boolean, string> {
  return (yield from) === 'stop'
}, 5)
typeOf(echoing).is<PyGenerator<number, boolean, string>>(true)
const step = echoing.send('go')
typeOf(step).is<IteratorResult<number, boolean>>(true)
if (step.done) typeOf(step.value).is<boolean>(true)
else typeOf(step.value).is<number>(true)
typeOf(echoing.close()).is<boolean | undefined>(true)
typeOf(echoing.state).is<GeneratorState>(true)
typeOf(echoing.stack).is<readonly FrameView[]>(true)
typeOf(echoing.yieldingFrom).is<object | null>(true)
for (const value of echoing) typeOf(value).is<number>(true)
echoing.throw(RangeError, 'words')

// @ts-expect-error: it takes strings
echoing.send(5)
// @ts-expect-error: the function takes a number
pyGenerator(function* (from: number) { yield from }, 'text')
// @ts-expect-error: a function that makes no generator
pyGenerator(() => 5)
// @ts-expect-error: errors only, unlike a greenlet
echoing.throw('text')
// @ts-expect-error: what is delegated to can be read only
echoing.yieldingFrom = null

// A function that does not say what is sent to it takes anything.
const listening = pyGenerator(function* (from: number) {
  const sent = yield from
  typeOf(sent).is<unknown>(true)
  return from
}, 5)
typeOf(listening).is<PyGenerator<number, number>>(true)
typeOf(listening.send(5)).is<IteratorResult<number, number>>(true)
pyGenerator(function* () { const sent = yield 1; return sent }).send(5)

class Counter {
  private from = 10
  readonly count = coroutine(function* (this: Counter, to: number, word?: string) {
    yield `${String(this.from)} to ${String(to)} ${word ?? ''}`
    return to
  })
}
const { count } = new Counter()
typeOf<Parameters<typeof count>>().is<[to: number, word?: string | undefined]>(true)
typeOf<ThisParameterType<typeof count>>().is<Counter>(true)

export function* counting(counter: Counter) {
  const result = yield* counter.count(5)
  typeOf(result).is<number>(true)
  const again = yield* counter.count(5, 'word')
  typeOf(again).is<number>(true)
  // @ts-expect-error: a number is missing
  yield* counter.count()
  // @ts-expect-error: not a number
  yield* counter.count('text')
}
// @ts-expect-error: its receiver is missing
count(5)
const counted = pyGenerator(counting, new Counter())
typeOf(counted.next()).is<IteratorResult<string, void>>(true)

watch(event => {
  if (event.kind === 'switch') typeOf(event.value).is<SwitchView>(true)
  else if (event.kind === 'delegate') typeOf(event.value).is<FrameView>(true)
  else if (event.kind === 'done') typeOf(event.value).is<object>(true)
  else if (event.kind === 'yield') typeOf(event.frame).is<FrameView>(true)
})
