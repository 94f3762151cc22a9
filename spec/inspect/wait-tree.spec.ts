import {
  type Coroutine, Event, EventLoop, type Future, Lock, type Task, TaskGroup, type WaitTree, asCompleted, coroutine, createTask,
  currentTask, formatWaitTree, gather, getCurrent, greenlet, run, shield, sleep, use, wait, waitFor, waitTree,
} from '../../lib/index.ts'
import { runBriefly } from '../../lib/testing/index.ts'
import { slip, virtual } from '../support/stories.ts'

/** The names alone, each with those below. */
function names({ task, tasks, circular }: WaitTree): unknown[] {
  return [task.getName() + (circular ? ' again' : ''), ...tasks.map(names)]
}

function* awaits(future: Future): Coroutine<void> { yield* future }

function* named(name: string, body: Coroutine<unknown>): Coroutine<void> {
  currentTask()?.setName(name)
  yield* body
}

/** What stands in the tree a moment after the coroutine has begun. */
function treeOf(body: Coroutine<unknown>): unknown[] {
  const loop = new EventLoop({ ...virtual(), logger: () => undefined })
  loop.createTask(named('main', body))
  for (let turns = 0; turns < 5; turns++) loop.tick()
  return waitTree(loop).map(names)
}

describe('waitTree()', () => {
  it('has each task below the one that waits for it, with the frames and the words of a report', () => {
    const loop = new EventLoop(virtual())
    const event = new Event()
    function* deep(): Coroutine<void> { yield* event.wait() }
    const below = loop.createTask(deep(), { name: 'below' })
    const above = loop.createTask(awaits(below), { name: 'above' })
    runBriefly(loop)
    const fresh = loop.createTask(deep(), { name: 'fresh' })
    const trees = waitTree(loop)
    const tasks = [trees[0]?.task, trees[0]?.tasks[0]?.task, trees[1]?.task]
    expect(tasks.map((task, i) => task === [above, below, fresh][i])).toEqual([true, true, true])
    const plain = (tree: WaitTree): unknown => ({ ...tree, task: tree.task.getName(), tasks: tree.tasks.map(plain) })
    expect(trees.map(plain)).toEqual([
      {
        task: 'above', frames: ['awaits'], waitsFor: "<Task pending name='below' coro=deep>", circular: false,
        tasks: [
          { task: 'below', frames: ['deep'], waitsFor: '<Event [unset, waiting:1]>', circular: false, tasks: [] },
        ],
      },
      { task: 'fresh', frames: ['deep'], waitsFor: 'its turn', circular: false, tasks: [] },
    ])
  })

  it('is of the loop that runs, by default', () => {
    function* main(): Coroutine<unknown> {
      currentTask()?.setName('main')
      const task = createTask(awaits(createTask(sleep(1), { name: 'b' })), { name: 'a' })
      yield* sleep(0)
      const before = waitTree().map(names)
      yield* task
      return [before, waitTree().map(names)]
    }
    expect(run(main(), virtual())).toEqual([[['main'], ['a', ['b']]], [['main']]])
  })

  it('is empty when all is over', () => {
    const loop = new EventLoop(virtual())
    expect([waitTree(loop), formatWaitTree(loop)]).toEqual([[], ''])
  })

  const a = (): Task => createTask(sleep(5), { name: 'a' })
  const b = (): Task => createTask(sleep(9), { name: 'b' })

  it.each<[string, () => Coroutine<unknown>, unknown[]]>([
    ['gather()', function* () { yield* gather([a(), b()]) }, ['main', ['a'], ['b']]],
    ['a gather() in a gather()', function* () { yield* gather([a(), gather([b()])]) }, ['main', ['a'], ['b']]],
    ['shield()', function* () { yield* shield(a()) }, ['main', ['a']]],
    ['wait()', function* () { yield* wait([a(), b()]) }, ['main', ['a'], ['b']]],
    ['waitFor()', function* () { yield* waitFor(a(), 9) }, ['main', ['a']]],
    ['asCompleted()', function* () { for (const next of asCompleted([a(), b()])) yield* next }, ['main', ['a'], ['b']]],
    ['a task group', function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(sleep(5), { name: 'a' })
        group.createTask(sleep(9), { name: 'b' })
      })
    }, ['main', ['a'], ['b']]],
    ['the start of a task in a group', function* () {
      yield* use(new TaskGroup(), function* (group) {
        yield* group.start(function* (started) {
          yield* sleep(5)
          started(null)
        }, { name: 'a' })
      })
    }, ['main', ['a']]],
    ['a greenlet', function* () { yield* greenlet(function* () { yield* a() }).switch() }, ['main', ['a']]],
    ['nothing else', function* () { yield* a() }, ['main', ['a']]],
    ['a gather() in a shield() in a wait()', function* () { yield* wait([shield(gather([a(), b()]))]) },
      ['main', ['a'], ['b']]],
  ])('sees through %s', (_, body, expected) => {
    expect(treeOf(body())).toEqual([expected])
  })

  it('has a task that several wait for below each, and what that waits for itself below the first', () => {
    expect(treeOf((function* (): Coroutine<void> {
      const below = createTask(awaits(a()), { name: 'below' })
      const waiters = ['first', 'second'].map(name => createTask(awaits(below), { name }))
      yield* gather([...waiters, below])
    })())).toEqual([['main', ['below', ['a']], ['first', ['below']], ['second', ['below']]]])
  })

  it('has a task once below another that waits for it in two ways', () => {
    expect(treeOf((function* (): Coroutine<void> {
      const [first, second] = [a(), b()]
      asCompleted([first, second])
      yield* gather([first, gather([first])])
    })())).toEqual([['main', ['a'], ['b']]])
  })

  it('has a task at the top when who waited for it is done', () => {
    expect(treeOf((function* (): Coroutine<void> {
      const task = a()
      function* looks(): Coroutine<void> { asCompleted([task]) }
      yield* createTask(looks(), { name: 'looks' })
      createTask(sleep(9), { name: 'later' })
      yield* sleep(1)
    })())).toEqual([['main'], ['a'], ['later']])
  })

  it('has circles at the end, each once, unless somebody outside waits for one', () => {
    const loop = new EventLoop(virtual())
    const tasks = new Map<string, Task>()
    function* awaitsTask(name: string): Coroutine<void> { yield* tasks.get(name) as Task }
    const waits = { a: 'b', b: 'a', c: 'd', d: 'e', e: 'd', f: 'f2', f2: 'f3', f3: 'f' }
    for (const [name, other] of Object.entries(waits)) tasks.set(name, loop.createTask(awaitsTask(other), { name }))
    runBriefly(loop)
    expect(waitTree(loop).map(names)).toEqual([
      ['c', ['d', ['e', ['d again']]]],
      ['a', ['b', ['a again']]],
      ['f', ['f2', ['f3', ['f again']]]],
    ])
    expect(formatWaitTree(loop).split('\n').slice(-4)).toEqual([
      '└── f: awaitsTask',
      '    └── f2: awaitsTask',
      '        └── f3: awaitsTask',
      '            └── f, and so round in a circle',
    ])
  })

  /** Each task waits for the next one in the list, or for the one before. */
  function chain(length: number, step: 1 | -1): EventLoop {
    const loop = new EventLoop(virtual())
    const tasks: Task[] = []
    function* links(i: number): Coroutine<void> { yield* tasks[i + step] ?? new Event().wait() }
    for (let i = 0; i < length; i++) tasks.push(loop.createTask(links(i), { name: String(i) }))
    runBriefly(loop)
    return loop
  }

  it('tells of a thousand levels of a hundred thousand', () => {
    const [tree, ...others] = waitTree(chain(100_000, -1))
    let levels = 1
    let bottom = tree as WaitTree
    for (; bottom.tasks[0] !== undefined; levels++) bottom = bottom.tasks[0]
    expect([others.length, levels, tree?.task.getName(), bottom.task.getName()]).toEqual([0, 1000, '99999', '99000'])
  })

  it.each<[1 | -1, string, string]>([
    [1, '999: links', "<Task pending name='1000' coro=links>"],
    [-1, '2000: links', "<Task pending name='1999' coro=links>"],
  ])('says of the last one what it waits for', (step, last, next) => {
    const lines = formatWaitTree(chain(3000, step)).split('\n')
    expect([lines.length, lines.pop()?.trim()]).toEqual([1000, `└── ${last}, waits for ${next}`])
  })

  it('goes through as many futures as there are', () => {
    expect(treeOf((function* (): Coroutine<void> {
      let future: Future = a()
      for (let i = 0; i < 20_000; i++) future = shield(future)
      yield* future
    })())).toEqual([['main', ['a']]])
  })

  it('takes no longer where many wait in many ways for the same', () => {
    const loop = new EventLoop(virtual())
    let below: Future = loop.createTask(sleep(5), { name: 'bottom' })
    for (let i = 0; i < 100; i++) {
      const pair = [below, below].map(future => loop.createTask(awaits(future)))
      below = loop.createTask(awaits(gather(pair) as Future))
    }
    runBriefly(loop)
    expect(formatWaitTree(loop).split('\n').length).toBe(1 + 100 * 4)
  })

  it('is refused where no loop runs and none is named', () => {
    expect(slip(() => waitTree())).toMatch(/^RuntimeError NO_LOOP: no running event loop/)
  })
})

describe('formatWaitTree()', () => {
  it('has a line for each task: where it waits, and for what, if for no task', () => {
    const loop = new EventLoop(virtual())
    const outside = getCurrent()
    const lock = new Lock()
    const future = loop.createFuture<void>()
    const inner = coroutine(function* inner(): Coroutine<void> { yield* lock.acquire() })
    function* holds(): Coroutine<void> { yield* use(lock, function* body() { yield* sleep(60) }) }
    function* enters(): Coroutine<void> { yield* inner() }
    function* away(): Coroutine<void> { yield* outside.switch() }
    function* looks(): Coroutine<string[]> {
      yield
      future.setResult()
      loop.createTask(enters(), { name: 'fresh' })
      return formatWaitTree().split('\n')
    }
    const all = gather([
      loop.createTask(holds(), { name: 'holder' }), loop.createTask(enters(), { name: 'waiter' }),
      loop.createTask(away(), { name: 'away' }),
    ])
    loop.createTask(awaits(all as Future), { name: 'all' })
    loop.createTask(awaits(future), { name: 'woken' })
    const looking = loop.createTask(looks(), { name: 'looking' })
    loop.tick()
    loop.tick()
    expect(looking.result()).toEqual([
      '├── all: awaits',
      '│   ├── holder: holds > body, waits for sleep(60)',
      '│   ├── waiter: enters > inner, waits for <Lock [locked, waiting:1]>, which holder holds',
      '│   └── away: away, waits for somebody to switch back to it',
      '├── woken: awaits, ready',
      '├── looking: looks, ready',
      '└── fresh: enters, waits for its turn',
    ])
  })
})
