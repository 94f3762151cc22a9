/**
 * What every public function does with what it should not get, found by calling it.
 *
 *     npm run misuse    write docs/misuse.md
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as core from '../../../../lib/index.ts'
import { type Coroutine, EventLoop, VirtualHost, moveOnAfter, sleep, use } from '../../../../lib/index.ts'
import { type Callable, type Parameter, callables } from './callables.ts'
import { objectOf, rightValue, takesAnything, wrong } from './samples.ts'

export const page = join(__dirname, '../../../../docs/misuse.md')

/** Classes that only the library makes, methods that only it calls, and what waits in real time or for Node. */
const ofTheLibrary = /^new (Handle|TimerHandle|FailScope|Timeout|Broadcast|Subscriber|Receiver|Sender|Side|Owner|Token|Recording|PyAsyncGenerator|DivergenceError|OwnerCloseError|DeadlockError|\w*Error|QueueEmpty|QueueFull|QueueShutDown|EndOfChannel|WouldBlock|GreenletExit|GeneratorExit|KeyboardInterrupt|StopIteration|BaseException)$|^(BlockingHost)\.|\.(exit|busy)$|^VirtualHost\.wait$|^Token\./
const ofNode = /^EventLoop\.(setDefaultExecutor|create(Unix)?(Connection|Server)|createDatagramEndpoint|startTls|getaddrinfo|getnameinfo|runInExecutor|addSignalHandler|removeSignalHandler)$/
/** What runs a loop of its own cannot be called in a task. */
const outside = /^(run|runMain|driveSync|replay|restore|trim|setEventLoop|setEventLoopPolicy)$|^Runner\.|^EventLoop\.(runUntilComplete|tick|frame|asJob)$|^Recording\./

/** What waits for frames: time stands still for it, unless somebody makes them. */
const ofFrames = /^(waitUntil|waitWhile|tween|nextFrame|waitFrames)$/

export function checkedCallables(): Callable[] {
  return callables().filter(({ name, owner, method }) => Reflect.has(core, owner ?? method) && !ofTheLibrary.test(name) && !ofNode.test(name))
}

/** What became of one wrong call: `ok`, or the name and the code of the error. */
function outcomeOf(callable: Callable, parameter: Parameter, value: () => unknown): string {
  const loop = new EventLoop({ host: new VirtualHost(), logger: text => { reported.push(text) } })
  const reported: string[] = []
  const call = (): unknown => {
    const args = callable.parameters.map(each => each === parameter ? value() : each.isOptional && !isBefore(callable, each, parameter) ? undefined : rightValue(callable, each))
    const given = args.slice(0, callable.parameters.indexOf(parameter) + 1 + callable.parameters.slice(callable.parameters.indexOf(parameter) + 1).filter(each => !each.isOptional).length)
    const owner = callable.owner === null ? core : objectOf(callable.owner)
    const method = Reflect.get(owner, callable.method) as (...args: unknown[]) => unknown
    return callable.isClass ? Reflect.construct(method, given) : Reflect.apply(method, owner, given)
  }
  function* neighbour(): Coroutine<boolean> {
    for (let i = 0; i < 20; i++) yield* sleep(10)
    return true
  }
  function* attempt(): Coroutine<void> {
    const result = call()
    if (core.isCoroutine(result) || core.isFuture(result) || isAwaitable(result)) yield* use(moveOnAfter(50), () => await_(result as Coroutine<unknown>))
  }
  let outcome = 'ok'
  const other = loop.createTask(neighbour())
  try {
    if (outside.test(callable.name)) {
      core.setEventLoop(loop)
      call()
    } else if (ofFrames.test(callable.name)) {
      const task = loop.createTask(attempt())
      for (let i = 0; i < 10; i++) loop.frame({ dt: 16 })
      if (task.done()) task.result()
    } else {
      loop.runUntilComplete(attempt())
    }
  } catch (error) {
    outcome = nameOf(error)
  }
  core.setEventLoop(null)
  core.setTrace(null)
  try {
    loop.runUntilComplete(other)
  } catch (error) {
    outcome += `, and disturbs others: ${nameOf(error)}`
  }
  if (!loop.isRunning()) loop.close()
  if (reported.some(text => text.includes('Exception in default exception handler'))) outcome += ', and its report fails'
  return outcome
}

function* await_(awaitable: Coroutine<unknown>): Coroutine<void> { yield* awaitable }

function isAwaitable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && !Array.isArray(value) && typeof (value as { next?: unknown }).next !== 'function'
}

function isBefore({ parameters }: Callable, one: Parameter, other: Parameter): boolean { return parameters.indexOf(one) < parameters.indexOf(other) }

function nameOf(error: unknown): string {
  if (error instanceof core.ExceptionGroup) return `a group: ${nameOf(error.errors[0])}`
  const { name, code, message } = error as { readonly name?: string; readonly code?: string; readonly message?: string }
  if (message === 'tea' || error === 'any') return 'ok' // what was to be thrown
  if (code !== undefined) return `\`${code}\``
  return `${String(name)}: ${String(message)}`
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
${wrong.length} values for each parameter: ${wrong.map(([words]) => code(words)).join(', ')}. No call disturbs the other task. What is refused is refused with a code, which stands
[here](errors.md) with its sentence. A parameter that takes anything is not in the table, such as the item of \`queue.put()\`.

Types tell most of this before a program runs. The table is for plain JavaScript.

| function | parameter | takes | refuses |
|---|---|---|---|
${lines.join('\n')}
`
}

const code = (words: string): string => `\`${words}\``

if (require.main === module) writeFileSync(page, text(rows()))
