import {
  type Awaitable, Barrier, BoundedSemaphore, Condition, type ContextManager, type Coroutine, Event, ExitStack,
  GeneratorExit, LifoQueue, Lock, PriorityQueue, type PyAsyncGenerator, Queue, Semaphore, Task, type TaskGroup, type Trap, currentTask,
} from '../../../lib/index.ts'
import { errors } from '../errors.ts'
import { body } from '../tasks/interpret.ts'
import { nthLast } from '../tasks/things.ts'
import { World } from '../tasks/world.ts'
import type { Trace } from '../trace.ts'
import type { Block } from '../trying.ts'
import type { Primitive, PrimitiveAwaitable, PrimitiveOperation, PrimitiveStatement, Step } from './language.ts'
import type { Program } from './programs.ts'
import { execute, generatorOf } from './statements.ts'

type Shared = Barrier | Condition | Event | Lock | Queue<number> | Semaphore
const queues = { Queue, LifoQueue, PriorityQueue }

/** A world with a kit. Whenever something is logged, what has changed in the state of the kit is logged after it. */
export class WorldWithKit extends World {
  readonly stacks: ExitStack[] = []
  /** The generators that ignored their closing. */
  readonly ignoring = new Set<PyAsyncGenerator>()
  private readonly kit: Shared[] = []
  private readonly groups: { readonly group: TaskGroup; readonly parent: Task | null }[] = []
  private readonly generators: PyAsyncGenerator[] = []
  private readonly shown = new Map<string, string>()
  private count = 0

  constructor(private readonly own: Program, trace: Trace) {
    super(own, trace, body)
    for (const primitive of own.kit) this.kit.push(this.make(primitive))
  }

  override write(...words: unknown[]): void {
    super.write(...words)
    const changed = this.states().filter(([name, state]) => this.shown.get(name) !== state)
    for (const [name, state] of changed) this.shown.set(name, state)
    if (changed.length > 0) this.trace.write(' ', changed.map(one => one.join(' ')).join(', '))
  }

  override executeOther(statement: PrimitiveStatement): Block<Trap> { return execute(this, statement) }

  /** What can be entered. */
  manager(of: number): ContextManager<unknown> {
    const shared = this.kit[of]
    return shared instanceof Queue || shared instanceof Event || shared === undefined ? new ExitStack() : shared
  }

  add(group: TaskGroup): void { this.groups.push({ group, parent: currentTask() }) }

  generator(at: number): PyAsyncGenerator { return nthLast(this.generators, at) ?? this.generate(at) }

  generate(index: number): PyAsyncGenerator {
    const bodies = this.own.generators
    const generator = generatorOf(this, bodies[index % bodies.length] ?? { owned: false, body: [] })
    this.trace.name(generator, `g${this.generators.length}`)
    this.generators.push(generator)
    const close = generator.aclose.bind(generator)
    generator.aclose = () => this.things.noteWait(this.close(generator, close))
    return generator
  }

  protected override makeOther(thing: PrimitiveAwaitable): Awaitable<unknown> {
    switch (thing.is) {
      case 'acquire': return this.the(thing.of, Lock, Condition, Semaphore)?.acquire() ?? nothing()
      case 'wait': {
        const shared = this.the(thing.of, Event, Condition, Barrier)
        return shared instanceof Barrier ? passed(shared) : shared?.wait() ?? nothing()
      }
      case 'wait_until': return this.the(thing.of, Condition)?.waitFor(() => this.counted(thing.count)) ?? nothing()
      case 'reset': return this.the(thing.of, Barrier)?.reset() ?? nothing()
      case 'abort': return this.the(thing.of, Barrier)?.abort() ?? nothing()
      case 'put': return this.the(thing.of, Queue)?.put(thing.item) ?? nothing()
      case 'get': return this.the(thing.of, Queue)?.get() ?? nothing()
      case 'join': return this.the(thing.of, Queue)?.join() ?? nothing()
      case 'step': return this.step(this.generator(thing.at), thing)
      case 'close_stack': return nthLast(this.stacks, thing.at)?.close() ?? nothing()
    }
  }

  protected override performOther(operation: PrimitiveOperation): unknown {
    switch (operation.op) {
      case 'release': return this.the(operation.of, Lock, Condition, Semaphore)?.release()
      case 'notify': return this.the(operation.of, Condition)?.notify(operation.count)
      case 'notify_all': return this.the(operation.of, Condition)?.notifyAll()
      case 'set': return this.the(operation.of, Event)?.set()
      case 'clear': return this.the(operation.of, Event)?.clear()
      case 'put_nowait': return this.the(operation.of, Queue)?.putNowait(operation.item)
      case 'get_nowait': return this.the(operation.of, Queue)?.getNowait()
      case 'task_done': return this.the(operation.of, Queue)?.taskDone()
      case 'shutdown': return this.the(operation.of, Queue)?.shutdown(operation.immediate)
      case 'count': return ++this.count
      case 'group_task': {
        const last = nthLast(this.groups, operation.at)
        if (last === undefined) return 'no group'
        const context = this.own.eager ? undefined : this.context(operation)
        const call = this.things.noteWaitOf(last.parent, this.things.make(operation.call))
        return last.group.createTask(call, context === undefined ? {} : { context })
      }
      case 'generate':
        this.generate(operation.at)
        return 'made'
    }
  }

  private *step(generator: PyAsyncGenerator, { how, value, error }: Step): Coroutine<unknown> {
    if (how === 'aclose') {
      yield* generator.aclose()
      return 'closed'
    }
    if (how === 'athrow' && this.ignoring.has(generator)) return 'not again'
    const step = how === 'anext' ? generator.anext()
      : how === 'asend' ? generator.asend(value ?? undefined) : generator.athrow(new errors[error]('e0'))
    try {
      const result = yield* step
      return result.done === true ? 'ends' : ['emits', result.value]
    } catch (thrown) {
      if (thrown instanceof GeneratorExit) return 'left' // it is not for coroutines
      throw thrown
    }
  }

  /** The one of the kit, if it is of a kind for which this can be done. */
  private the<Kinds extends readonly (new (...args: never[]) => Shared)[]>(
    of: number, ...kinds: Kinds
  ): InstanceType<Kinds[number]> | undefined {
    const shared = this.kit[of]
    return kinds.some(kind => shared instanceof kind) ? shared as InstanceType<Kinds[number]> : undefined
  }

  private make(primitive: Primitive): Shared {
    switch (primitive.is) {
      case 'lock': return new Lock()
      case 'event': return new Event()
      case 'condition': return new Condition(this.the(primitive.lock ?? -1, Lock))
      case 'semaphore': return new (primitive.bounded ? BoundedSemaphore : Semaphore)(primitive.value)
      case 'barrier': return new Barrier(Math.max(primitive.parties, 1))
      case 'queue': return new queues[primitive.kind](primitive.maxsize)
    }
  }

  /** Not twice, when it ignored that: Python throws into it no more, and says something strange. */
  private *close(generator: PyAsyncGenerator, close: () => Coroutine<void>): Coroutine<void> {
    if (this.ignoring.has(generator)) return
    try {
      yield* close()
    } catch (error) {
      if ((error as Error).message === 'async generator ignored GeneratorExit') {
        this.ignoring.add(generator)
        this.loop.$generators.delete(generator)
      }
      throw error
    }
  }

  private counted(goal: number): boolean {
    this.write('counted', this.count)
    return this.count >= goal
  }

  private states(): [name: string, state: string][] {
    const tasks = this.things.all.filter(future => future instanceof Task)
    return [
      ...this.kit.map((shared, i): [string, string] => [`k${i}`, this.state(shared)]),
      ...this.groups.map(({ group }, i): [string, string] => [`n${i}`, group.toString()]),
      ...tasks.map((task): [string, string] => [task.getName(), `${task.cancelling()}`]),
    ]
  }

  private state(shared: Shared): string {
    const state = shared instanceof Event ? [shared.isSet()]
      : shared instanceof Barrier ? [shared.nWaiting, shared.broken]
        : shared instanceof Queue ? [shared.qsize(), shared.empty(), shared.full()] : [shared.locked()]
    return this.trace.show(state)
  }
}

function* nothing(): Coroutine<unknown> { return 'not in the kit' }

/** Without the number: after a cancellation, asyncio may give the same to two. */
function* passed(barrier: Barrier): Coroutine<true> {
  yield* barrier.wait()
  return true
}
