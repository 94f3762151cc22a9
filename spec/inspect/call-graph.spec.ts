import {
  type CallGraph, type Coroutine, EventLoop, type Future, Task, TaskGroup, asCompleted, asyncGenerator, captureCallGraph, coroutine,
  createTask, currentTask, emit, formatCallGraph, gather, getRunningLoop, greenlet, printCallGraph, run, shield, sleep, use, wait,
  waitFor,
} from '../../lib/index.ts'
import { runBriefly } from '../../lib/testing/index.ts'
import { slip, story, virtual } from '../support/stories.ts'

/** In a line for each future: its name, its frames; and those that wait for it, one step further in. */
function told({ future, callStack, awaitedBy, circular, repeated }: CallGraph): unknown[] {
  const name = future instanceof Task ? future.getName() : String(future).slice(1).split(' ')[0]
  const where = callStack.map(frame => frame.name).join(' > ')
  const seen = circular ? ['in a circle'] : repeated ? ['told before'] : []
  return [[name, ...where === '' ? [] : [where], ...seen].join(': '), ...awaitedBy.map(told)]
}

function* awaits(future: Future): Coroutine<void> { yield* future }

describe('captureCallGraph()', () => {
  it('tells who waits for a future, and who for those, with the frames in which they wait', () => {
    expect(story(function* main(log) {
      const future = getRunningLoop().createFuture<void>()
      const inner = coroutine(function* inner(): Coroutine<void> { yield* future })
      const outer = coroutine(function* outer(): Coroutine<void> { yield* inner() })
      const first = createTask(outer(), { name: 'first' })
      const second = createTask(awaits(first), { name: 'second' })
      createTask(awaits(future), { name: 'third' })
      yield* sleep(0)
      log.push(told(captureCallGraph(future)), told(captureCallGraph(first)), told(captureCallGraph(second)))
      future.setResult()
      log.push(told(captureCallGraph(future)))
      yield* second
      log.push(told(captureCallGraph(first)))
    })).toEqual([
      ['Future', ['first: outer > inner', ['second: awaits']], ['third: awaits']],
      ['first: outer > inner', ['second: awaits']],
      ['second: awaits'],
      ['Future'],
      ['first'],
    ])
  })

  it('is of the current task by default', () => {
    expect(story(function* main(log) {
      function* asks(): Coroutine<void> {
        yield* sleep(1)
        log.push(told(captureCallGraph()), told(captureCallGraph(null)))
      }
      currentTask()?.setName('top')
      yield* createTask(awaits(createTask(asks(), { name: 'asks' })), { name: 'above' })
    })).toEqual([
      ['asks: asks', ['above: awaits', ['top: main']]],
      ['asks: asks', ['above: awaits', ['top: main']]],
    ])
  })

  it.each<[string, (task: Task) => Coroutine<unknown>, unknown[]]>([
    ['gather()', function* waits(task) { yield* gather([task, sleep(9)]) }, ['Gathering', ['main: waits']]],
    ['a gather() in a gather()', function* waits(task) { yield* gather([gather([task])]) },
      ['Gathering', ['Gathering', ['main: waits']]]],
    ['shield()', function* waits(task) { yield* shield(task) }, ['Future', ['main: waits']]],
    ['wait()', function* waits(task) { yield* wait([task]) }, ['Future', ['main: waits']]],
    ['waitFor()', function* waits(task) { yield* waitFor(awaits(task), 9) }, ['main: waits > awaits']],
    ['waitFor() without time', function* waits(task) { yield* waitFor(task, 0) }, ['Future', ['main: waits']]],
    ['asCompleted()', function* waits(task) { for (const next of asCompleted([task])) yield* next }, ['main: waits']],
    ['a greenlet', function* waits(task) { yield* greenlet(function* inner() { yield* task }).switch() },
      ['main: waits > inner']],
    ['yield* alone', function* waits(task) { yield* task }, ['main: waits']],
  ])('goes through %s', (_, waits, expected) => {
    function* main(): Coroutine<unknown> {
      function* subject(): Coroutine<void> {
        try {
          yield* sleep(5)
        } finally {
          yield* sleep(1)
        }
      }
      const task = createTask(subject(), { name: 'subject' })
      yield* sleep(0)
      const waiter = createTask(waits(task), { name: 'main' })
      yield* sleep(0)
      const graph = told(captureCallGraph(task)).slice(1)
      waiter.cancel()
      yield* wait([task, waiter])
      return graph
    }
    expect(run(main(), virtual())).toEqual([expected])
  })

  it('goes through a task group, to the task whose body it is in', () => {
    expect(story(function* main(log) {
      const parent = createTask(use(new TaskGroup(), function* (group): Coroutine<void> {
        const child = group.createTask(sleep(1), { name: 'child' })
        yield* sleep(0)
        log.push(told(captureCallGraph(child)).map(String).map(line => line.split(':')[0]))
      }), { name: 'parent' })
      yield* parent
    })).toEqual([['child', 'parent']])
  })

  it('names each once that waits, in whatever ways, and none that is done', () => {
    expect(story(function* main(log) {
      const [slow, quick] = [createTask(sleep(9), { name: 'slow' }), createTask(sleep(1), { name: 'quick' })]
      function* twice(): Coroutine<void> {
        asCompleted([slow, quick])
        yield* slow
      }
      function* once(): Coroutine<void> {
        const [next] = asCompleted([slow, quick])
        if (next !== undefined) yield* next
      }
      function* failing(): Coroutine<void> { throw new Error('at once') }
      const waiter = createTask(twice(), { name: 'twice' })
      createTask(once(), { name: 'once' })
      const all = gather([slow, createTask(failing())])
      yield* sleep(2)
      log.push((all.exception() as Error).message, told(captureCallGraph(slow)).slice(1))
      yield* waiter
    })).toEqual(['at once', [['twice: twice']]])
  })

  it('tells of one that is come to by two ways at the first, so that many ways cost no more', () => {
    expect(story(function* main(log) {
      const future = getRunningLoop().createFuture<void>()
      const [left, right] = ['left', 'right'].map(name => createTask(awaits(future), { name })) as [Task, Task]
      createTask(awaits(gather([left, right]) as Future), { name: 'both' })
      yield* sleep(0)
      log.push(told(captureCallGraph(future)), formatCallGraph(future).split('\n').slice(-5))
      future.setResult()
    })).toEqual([
      ['Future', ['left: awaits', ['Gathering', ['both: awaits']]], ['right: awaits', ['Gathering: told before']]],
      ["     * Task 'right'", '       + Call stack:', '       |   awaits', '       + Awaited by:', '          * Gathering, told above'],
    ])
  })

  it('goes round a circle once, and says so', () => {
    const loop = new EventLoop(virtual())
    const tasks: Task[] = []
    function* next(i: number): Coroutine<void> { yield* tasks[i % 3] as Task }
    for (const i of [1, 2, 3]) tasks.push(loop.createTask(next(i), { name: `task ${i}` }))
    runBriefly(loop)
    expect(told(captureCallGraph(tasks[0]))).toEqual(
      ['task 1: next', ['task 3: next', ['task 2: next', ['task 1: next: in a circle']]]])
    expect(formatCallGraph(tasks[0])).toBe([
      "* Task 'task 1'",
      '  + Call stack:',
      '  |   next',
      '  + Awaited by:',
      "     * Task 'task 3'",
      '       + Call stack:',
      '       |   next',
      '       + Awaited by:',
      "          * Task 'task 2'",
      '            + Call stack:',
      '            |   next',
      '            + Awaited by:',
      "               * Task 'task 1', and so round in a circle",
    ].join('\n'))
  })

  it('ends after a thousand levels', () => {
    const loop = new EventLoop(virtual())
    const bottom = loop.createFuture()
    let top: Future = bottom
    for (let i = 0; i < 100_000; i++) top = loop.createTask(awaits(top), { name: String(i) })
    runBriefly(loop)
    let levels = 1
    let graph = captureCallGraph(bottom)
    for (; graph.awaitedBy[0] !== undefined; levels++) graph = graph.awaitedBy[0]
    expect([levels, told(graph)]).toEqual([1000, ['998: awaits']])
    expect(formatCallGraph(bottom).split('\n').pop()?.trim()).toBe('|   awaits')
  })

  it.each<[string, () => unknown, string]>([
    ['something else than a future', () => captureCallGraph('task' as never),
      "TypeError NOT_A_FUTURE: captureCallGraph() takes a future, not 'task'"],
    ['a coroutine', () => captureCallGraph(sleep(1) as never),
      'TypeError NOT_A_FUTURE: captureCallGraph() takes a future, not Sleep'],
    ['nothing, outside of a task', () => captureCallGraph(),
      'RuntimeError NO_TASK: there is no current task. Write captureCallGraph(task)'],
    ['nothing, to be printed outside of a task', () => { printCallGraph(null) },
      'RuntimeError NO_TASK: there is no current task. Write captureCallGraph(task)'],
  ])('refuses %s', (_, act, expected) => {
    expect(slip(act)).toBe(expected)
  })
})

describe('the call graph in words', () => {
  const texts: string[] = []
  const loop = new EventLoop({ ...virtual(), logger: text => { texts.push(text) } })
  const inner = coroutine(function* inner(): Coroutine<void> { yield* sleep(1) })
  function* outer(): Coroutine<void> { yield* inner() }
  const task = loop.createTask(outer(), { name: 'below' })
  const all = gather([task])
  loop.createTask(awaits(all as Future), { name: 'above' })
  runBriefly(loop)

  const expected = [
    "* Task 'below'",
    '  + Call stack:',
    '  |   inner',
    '  |   outer',
    '  + Awaited by:',
    '     * Gathering',
    '       + Awaited by:',
    "          * Task 'above'",
    '            + Call stack:',
    '            |   awaits',
  ].join('\n')

  it('has a star for each future, its innermost frame first, and then who waits for it', () => {
    expect(formatCallGraph(task)).toBe(expected)
  })

  it('is a single line of a future for which nobody waits', () => {
    expect(formatCallGraph(loop.createFuture())).toBe('* Future')
  })

  it('goes to the logger of the loop, or to where it is told', () => {
    const written: string[] = []
    printCallGraph(task)
    printCallGraph(task, text => { written.push(text) })
    expect([texts, written]).toEqual([[expected], [expected]])
  })
})

describe('who waits for a future', () => {
  it('may be a greenlet of its own, which is no future', () => {
    expect(story(function* main(log) {
      const future = getRunningLoop().createFuture<void>()
      greenlet(function* () { yield* future }).resume()
      log.push(told(captureCallGraph(future)))
      future.setResult()
    })).toEqual([['Future']])
  })

  it('is the shutdown of asynchronous generators, at the end', () => {
    expect(story(function* main(log) {
      const open = asyncGenerator(function* () {
        try {
          yield* emit(1)
        } finally {
          yield* sleep(1)
          log.push(told(captureCallGraph()).slice(1))
        }
      })
      yield* open().anext()
    })).toEqual([[['Gathering', [expect.stringMatching(/shutdownAsyncGenerators/)]]]])
  })
})
