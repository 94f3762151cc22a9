/**
 * What every public function does with what it should not get, found by calling it.
 *
 *     npm run misuse    write docs/misuse.md
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as core from '../../../../lib/index.ts'
import { type Coroutine, EventLoop, VirtualHost, moveOnAfter, sleep, use } from '../../../../lib/index.ts'
import { isOnThePage } from '../error-messages.ts'
import { type Callable, type Parameter, callables } from './callables.ts'
import { objectOf, rightValue, takesAnything, wrong } from './samples.ts'

export const page = join(__dirname, '../../../../docs/misuse.md')

/** Only the library makes these, and gives them to the program. */
const MADE_BY_THE_LIBRARY = ['Handle', 'TimerHandle', 'FailScope', 'Timeout', 'Broadcast', 'Subscriber', 'Receiver', 'Sender', 'Side', 'Owner', 'Token',
  'Recording', 'PyAsyncGenerator', 'OwnerCloseError', 'DivergenceError', 'DeadlockError']
/** Errors take what is said about them. */
const ERROR = /^new (\w*Error|QueueEmpty|QueueFull|QueueShutDown|EndOfChannel|WouldBlock|GreenletExit|GeneratorExit|KeyboardInterrupt|StopIteration|BaseException)$/
/** Only `use()` or a loop calls these, or they wait in real time. */
const CALLED_BY_THE_LIBRARY = /^BlockingHost\.|\.(exit|busy)$|^VirtualHost\.wait$|^Token\./
/** These need the loop of Node. */
const OF_NODE = /^EventLoop\.(setDefaultExecutor|create(Unix)?(Connection|Server)|createDatagramEndpoint|startTls|getaddrinfo|getnameinfo|runInExecutor|addSignalHandler|removeSignalHandler)$/
/** What runs a loop cannot be called in a task. */
const OUTSIDE = /^(run|runMain|driveSync|replay|restore|trim|setEventLoop|setEventLoopPolicy)$|^Runner\.|^EventLoop\.(runUntilComplete|tick|frame|asJob)$|^Recording\./
/** What waits for frames: time stands still for it, unless somebody makes them. */
const OF_FRAMES = /^(waitUntil|waitWhile|tween|nextFrame|waitFrames)$/

/** All that a program calls. */
export function checkedCallables(): Callable[] {
  return callables().filter(({ name, owner, method, isClass }) => Reflect.has(core, owner ?? method) && !ERROR.test(name) && !OF_NODE.test(name) &&
    !CALLED_BY_THE_LIBRARY.test(name) && !(isClass && MADE_BY_THE_LIBRARY.includes(method)))
}

/** Call it with a wrong value for one parameter, right ones for those before it, and as few as it takes after it. */
function callWrongly(callable: Callable, parameter: Parameter, value: unknown): unknown {
  const { parameters, owner, method, isClass } = callable
  const place = parameters.indexOf(parameter)
  const given = parameters.filter((each, i) => i <= place || !each.isOptional).map(each => each === parameter ? value : rightValue(callable, each))
  const target = owner === null ? core : objectOf(owner)
  const called = Reflect.get(target, method) as (...args: unknown[]) => unknown
  return isClass ? Reflect.construct(called, given) as unknown : Reflect.apply(called, target, given)
}

/** What became of one wrong call: `ok`, or the code of the error. */
function outcomeOf(callable: Callable, parameter: Parameter, value: () => unknown): string {
  const reported: string[] = []
  const loop = new EventLoop({ host: new VirtualHost(), logger: text => { reported.push(text) } })
  function* neighbour(): Coroutine<void> {
    for (let i = 0; i < 20; i++) yield* sleep(10)
  }
  function* attempt(): Coroutine<void> {
    const result = callWrongly(callable, parameter, value())
    if (isAwaitable(result)) yield* use(moveOnAfter(50), () => awaiting(result))
  }
  const other = loop.createTask(neighbour())
  let outcome = outcomeFor(() => {
    if (OUTSIDE.test(callable.name)) {
      core.setEventLoop(loop)
      callWrongly(callable, parameter, value())
    } else if (OF_FRAMES.test(callable.name)) {
      const task = loop.createTask(attempt())
      for (let i = 0; i < 10; i++) loop.frame({ dt: 16 })
      if (task.done()) task.result()
    } else {
      loop.runUntilComplete(attempt())
    }
  })
  core.setEventLoop(null)
  core.setTrace(null)
  const disturbed = outcomeFor(() => { loop.runUntilComplete(other) })
  if (disturbed !== 'ok') outcome += `, and disturbs others: ${disturbed}`
  if (!loop.isRunning()) loop.close()
  if (reported.some(text => text.includes('Exception in default exception handler'))) outcome += ', and its report fails'
  return outcome
}

function outcomeFor(attempt: () => void): string {
  try {
    attempt()
    return 'ok'
  } catch (error) {
    return nameOf(error)
  }
}

function* awaiting(awaitable: Coroutine<unknown>): Coroutine<void> { yield* awaitable }

function isAwaitable(value: unknown): value is Coroutine<unknown> {
  if (core.isCoroutine(value) || core.isFuture(value)) return true
  return typeof value === 'object' && value !== null && Symbol.iterator in value && !Array.isArray(value) && !('next' in value)
}

function nameOf(error: unknown): string {
  if (error instanceof core.ExceptionGroup) return `a group: ${nameOf(error.errors[0])}`
  const { name, code, message } = error as { readonly name?: string; readonly code?: string; readonly message?: string }
  if (message === 'tea' || error === 'any') return 'ok' // what was to be thrown
  if (code === undefined) return `${String(name)}: ${String(message)}`
  return isOnThePage(code, String(message)) ? `\`${code}\`` : `\`${code}\`, with words that docs/errors.md does not have: ${String(message)}`
}

export interface Row {
  readonly name: string
  readonly parameter: string
  /** The wrong values, by what became of them. */
  readonly outcomes: ReadonlyMap<string, readonly string[]>
}

export function rows(): Row[] {
  const found: Row[] = []
  for (const callable of checkedCallables()) {
    for (const parameter of callable.parameters) {
      if (takesAnything(callable, parameter)) continue
      const outcomes = new Map<string, string[]>()
      for (const [words, value] of wrong) {
        const outcome = outcomeOf(callable, parameter, value)
        outcomes.set(outcome, [...outcomes.get(outcome) ?? [], words])
      }
      found.push({ name: callable.name, parameter: parameter.name, outcomes })
    }
  }
  return found
}

/** The page. */
export function text(found: readonly Row[]): string {
  const lines = found.map(({ name, parameter, outcomes }) => {
    const taken = outcomes.get('ok') ?? []
    const refused = Array.from(outcomes).filter(([outcome]) => outcome !== 'ok').sort(([, a], [, b]) => a.length - b.length)
      .map(([outcome, values]) => `${outcome} ${values.length > wrong.length / 2 ? 'the others' : values.map(code).join(' ')}`)
    return `| \`${name}\` | \`${parameter.replace('$', '')}\` | ${taken.map(code).join(' ')} | ${refused.join('; ')} |`
  })
  return `# Wrong arguments

What each public function does with arguments that it should not get. The page is made by calling each of them, in a task beside another one, with
${wrong.length} values for each parameter: ${wrong.map(([words]) => code(words)).join(', ')}. No call disturbs the other task. A refused value gives
an error with a code. [Errors](errors.md) says what each code means. A parameter that takes anything is not in the table, such as the item of \`queue.put()\`.

Types tell most of this before a program runs. The table is for plain JavaScript.

| function | parameter | takes | refuses |
|---|---|---|---|
${lines.join('\n')}
`
}

const code = (words: string): string => `\`${words}\``

if (require.main === module) writeFileSync(page, text(rows()))
