/** A slip as data, so that any engine can run it: the names of the package are in scope of the source, and so is `log`. */
export interface Slip {
  readonly name: string
  /** The body of a plain function. What it throws, or returns, is what the slip prints. */
  readonly source: string
  /** The whole sentence. */
  readonly says: string
}

const inTask = (body: string): string => `return run((function* main() { ${body} })(), { host: new VirtualHost() })`
const inGreenlet = (body: string): string => `return greenlet(function* cook() { ${body} }).resume()`
const TASK = 'a task yields nothing but requests, and this is'
const TO_END = (value: string): string =>
  `To end with a value, write return ${value}; to hand over many, yield* emit(value) in an asyncGenerator(). ` +
  (Number(value) > 0 ? `To wait so many milliseconds, write yield* sleep(${value})` : 'To wait, write yield* sleep(ms), or a bare yield for one turn')
const PROMISE = 'Nothing here waits for a promise by itself. Write yield* fromPromise(promise), of yieldfrom/promise, ' +
  'in a loop that tick(), frame() or attach() drives: run() blocks, and promises stand still meanwhile'
const MANAGER = 'TypeError: a context manager has the methods enter() and exit(), which'
const STREAM = 'TypeError: forEach() takes a stream, which has a method iterate(), not'
const LIKE_PROMISE = '({ then() {} })'

export const slips: readonly Slip[] = [
  // What is yielded
  { name: 'yield 5 in a task', source: inTask('yield 5'), says: `RuntimeError: ${TASK} 5. ${TO_END('5')}` },
  { name: 'yield null in a task', source: inTask('yield null'), says: `RuntimeError: ${TASK} null. ${TO_END('null')}` },
  { name: 'yield [f(), g()]', source: inTask('yield [sleep(1), sleep(2)]'),
    says: 'RuntimeError: yield was used on an array. To wait for all of its items, write yield* gather([f(), g()])' },
  { name: 'yield 5 in a greenlet', source: inGreenlet('yield 5'),
    says: 'RuntimeError: a greenlet yields nothing but requests, and this is 5. To hand a value over, write yield* other.switch(value)' },
  { name: 'yield 5 in an asynchronous generator',
    source: inTask('yield* forEach(asyncGenerator(function* () { yield 5 })(), function* () {})'),
    says: 'RuntimeError: an asynchronous generator yields nothing but requests, and this is 5. To hand a value over, write yield* emit(5)' },
  { name: 'yield promise', source: inTask(`yield ${LIKE_PROMISE}`), says: `RuntimeError: yield was used on Object. ${PROMISE}` },
  { name: 'yield f', source: inTask('yield function* boil() {}'),
    says: 'RuntimeError: yield was used on the function boil. Call it: yield* boil()' },
  { name: 'yield of an async function', source: inTask('yield async function boil() {}'),
    says: 'RuntimeError: yield was used on the async function boil. Write function* instead of async function, and yield* instead of await' },
  { name: 'yield of a class', source: inTask('class Tea {} yield Tea'),
    says: 'RuntimeError: yield was used on the class Tea. Write yield* new Tea(...)' },
  { name: 'yield sleep(5)', source: inTask('yield sleep(5)'), says: 'RuntimeError: yield was used on sleep(5). Did you mean yield* sleep(5)?' },
  { name: 'yield g.switch()', source: inGreenlet('yield greenlet(function* other() {}).switch()'),
    says: 'GreenletError: yield was used on <Greenlet other pending>.switch(). Write yield* g.switch(...)' },
  { name: 'yield* [1, 2] in a task', source: inTask('yield* [1, 2]'),
    says: 'RuntimeError: yield* was used on a list of values, such as an array. To go through it, write for (const item of items); ' +
      'to wait for all in it, yield* gather(items)' },

  // What is no coroutine
  { name: 'run(main)', source: 'run(function* main() {})', says: 'TypeError: a coroutine was expected, got the function main. Call it: run(main())' },
  { name: 'run() of a function without a name', source: 'run(function* () {})',
    says: 'TypeError: a coroutine was expected, got a function without a name. Call it: run(f())' },
  { name: 'run(undefined)', source: 'run(undefined)',
    says: 'TypeError: a future, a coroutine or an awaitable is required, not undefined. Only a function* gives a coroutine when it is called' },
  { name: 'run(promise)', source: `run(${LIKE_PROMISE})`, says: `TypeError: a future, a coroutine or an awaitable is required, not Object. ${PROMISE}` },
  { name: 'createTask() of an async function', source: inTask('createTask(async () => {})'),
    says: 'TypeError: a coroutine was expected, got an async function without a name. Write function* instead of async function, and yield* instead of await' },
  { name: 'createTask(main) with parameters', source: inTask('createTask(function* brew(tea) {})'),
    says: 'TypeError: a coroutine was expected, got the function brew. Call it: createTask(brew(...))' },
  { name: 'ensureFuture() of a string', source: "ensureFuture('ok')", says: "TypeError: a future, a coroutine or an awaitable is required, not 'ok'" },
  { name: 'gather(undefined)', source: 'gather([undefined])',
    says: 'TypeError: a future, a coroutine or an awaitable is required, not undefined. Only a function* gives a coroutine when it is called' },
  { name: 'shield() of an array', source: 'shield([1, 2])',
    says: 'TypeError: a future, a coroutine or an awaitable is required, not [2 items]. To wait for all of them, write gather([...])' },
  { name: 'coroutine(async …)', source: 'coroutine(async function f() {})',
    says: 'TypeError: coroutine() takes a generator function, not an async function. Write coroutine(function* () {...})' },
  { name: 'coroutine() of an arrow', source: 'coroutine(() => 5)()',
    says: 'TypeError: a generator is expected, not 5, which a function returned. Write coroutine(function* () {...})' },
  { name: 'owner.spawn(patrol)', source: "new EventLoop({ host: new ManualHost() }).owner('enemy').spawn(function* patrol(area) {})",
    says: 'TypeError: a coroutine was expected, got the function patrol. Call it: owner.spawn(patrol(...))' },
  { name: 'createTask() of an async function*',
    source: 'const loop = new EventLoop({ host: new ManualHost() }); return loop.createTask((async function* f() {})())',
    says: 'TypeError: a coroutine was expected, got AsyncGenerator. Write asyncGenerator(function* () {...}) instead of async function*' },
  { name: 'createTask() of what fails when it is looked at',
    source: "const loop = new EventLoop({ host: new ManualHost() }); return loop.createTask({ get then() { throw new Error('never') } })",
    says: 'TypeError: a coroutine was expected, got Object' },
  { name: 'coroutine(class)', source: 'coroutine(class Boil {})',
    says: 'TypeError: coroutine() takes a generator function, not a class. Write coroutine(function* () {...})' },
  { name: 'asyncGenerator(async function*)', source: 'asyncGenerator(async function* f() {})',
    says: 'TypeError: asyncGenerator() takes a generator function, not an async function. Write asyncGenerator(function* () {...})' },
  { name: 'run(gather([...]))', source: 'setEventLoop(new EventLoop({ host: new VirtualHost() })); run(gather([sleep(1)]), { host: new VirtualHost() })',
    says: 'ValueError: <Gathering pending> belongs to another loop, and run() makes its own. Make it in a coroutine: ' +
      'run(main()), and in main yield* gather([...])' },
  { name: 'greenlet(async …)', source: 'greenlet(async () => 1).resume()',
    says: 'TypeError: run must be a function, not an async function. Write greenlet(function* () {...})' },
  { name: 'mapConcurrently() without a limit', source: inTask('yield* mapConcurrently([1], function* (x) { return x })'),
    says: 'TypeError: mapConcurrently() takes its options as an object, not undefined. Write mapConcurrently(items, worker, { limit: 10 })' },
  { name: 'task.cancel(null)', source: inTask('const task = createTask(sleep(5)); yield; task.cancel(null); yield* task'), says: 'CancelledError' },

  // What is used up
  ...(['run(c, { host: new VirtualHost() })', 'new EventLoop({ host: new VirtualHost() }).runUntilComplete(c)'] as const).map(again => ({
    name: `run(c) and then ${again}`,
    source: `const c = (function* boil() { return 'tea' })(); log.push(run(c, { host: new VirtualHost() })); return ${again}`,
    says: 'RuntimeError: cannot reuse already awaited coroutine. Call the function* again',
  })),
  ...(['yield* createTask(c)', 'yield* gather([c])', 'yield* shield(c)', 'yield* waitFor(c, 5)'] as const).map(again => ({
    name: `${again}, when a task has run c`,
    source: inTask(`const c = (function* boil() { yield; return 'tea' })(); log.push(yield* createTask(c)); ${again}`),
    says: 'RuntimeError: cannot reuse already awaited coroutine. Call the function* again',
  })),
  { name: 'yieldFrom(c), when a task has run c, in debug mode',
    source: 'const c = (function* boil() {})(); return run((function* main() { yield* createTask(c); yield* yieldFrom(c) })(), ' +
      '{ host: new VirtualHost(), debug: true })',
    says: 'RuntimeError: cannot reuse already awaited coroutine. Call the function* again' },
  { name: 'gather() of one that a task waits in',
    source: inTask('const c = (function* boil() { yield* sleep(5) })(); createTask(c); yield* sleep(1); yield* gather([c])'),
    says: 'RuntimeError: coroutine is being awaited already. Make it a task, const task = createTask(f()), and write yield* task in both places' },
  { name: 'gather() of a PyGenerator', source: inTask('yield* gather([pyGenerator(function* () { yield 1 })])'),
    says: 'TypeError: a future, a coroutine or an awaitable is required, not PyGenerator, which is driven by next() and send(). ' +
      'In a coroutine, write yield* yieldFrom(generator)' },
  { name: 'createTask() of a PyGenerator', source: inTask('createTask(pyGenerator(function* () { yield 1 }))'),
    says: 'TypeError: a coroutine was expected, got PyGenerator, which is driven by next() and send(). ' +
      'In a coroutine, write yield* yieldFrom(generator)' },

  // Managers and bodies
  { name: 'use(TaskGroup)', source: inTask('yield* use(TaskGroup, function* () {})'),
    says: 'TypeError: a context manager has the methods enter() and exit(), which the class TaskGroup does not have. Write new TaskGroup(...)' },
  ...([
    ['100', '100 does not have. For a time limit write use(timeout(100), function* () {...})'],
    ['timeout', 'the function timeout does not have. Call it: timeout(...)'],
    ['boil()', 'Generator does not have. If it gives a manager in the end, write use(yield* f(), function* () {...})'],
    ['createTask(boil())', 'Task does not have. If it gives a manager in the end, write use(yield* f(), function* () {...})'],
    [LIKE_PROMISE, `Object does not have. ${PROMISE}`],
    ["'tea'", "'tea' does not have"],
  ] as const).map(([manager, says]) => ({
    name: `use(${manager})`, source: inTask(`function* boil() {} yield* use(${manager}, function* () {})`), says: `${MANAGER} ${says}`,
  })),
  ...([
    ['new CancelScope()', 'CancelScope', 'Make one for each use(). To cancel several tasks by one, put a TaskGroup into it'],
    ['timeout(100)', 'Timeout', 'Write timeout(ms) for each use()'],
  ] as const).map(([manager, name, advice]) => ({
    name: `use() of one ${manager} twice`,
    source: inTask(`const block = ${manager}; yield* use(block, function* () {}); yield* use(block, function* () {})`),
    says: `RuntimeError: ${name} has already been entered. ${advice}`,
  })),
  { name: 'group.createTask() after the group',
    source: inTask('let late; yield* use(new TaskGroup(), function* (group) { late = group }); late.createTask(sleep(5))'),
    says: 'RuntimeError: <TaskGroup entered> is finished. Make its tasks inside of use(group, function* (group) {...})' },
  { name: 'use() with an async body', source: inTask('yield* use(new Lock(), async () => {})'),
    says: 'TypeError: use() takes a function for its body, not an async function. Write use(manager, function* () {...})' },
  { name: 'use() with a body that gives no coroutine', source: inTask('yield* use(new Lock(), () => { log.push(1) })'),
    says: 'TypeError: the body of use() returned undefined instead of a coroutine. Write use(manager, function* () {...})' },
  { name: 'forEach() with a body that gives no coroutine',
    source: inTask('yield* forEach(asyncGenerator(function* () { yield* emit(1) })(), item => { log.push(item) })'),
    says: 'TypeError: the body of forEach() returned undefined instead of a coroutine. Write forEach(source, function* (item) {...})' },
  ...([
    ['[1, 2]', '[2 items]. Write for (const item of ...)'],
    ['items()', 'Generator. Write for (const item of ...), or, if it waits or emits, make it by asyncGenerator(function* () {...})'],
    ['asyncGenerator(items)', 'the function items. Call it: items()'],
    ['async function* items() {}', 'the async function items. Write asyncGenerator(function* () {...}) instead of async function*'],
    ['(async function* () {})()', 'AsyncGenerator. Write forEach(fromAsyncIterable(source), function* (item) {...}), by yieldfrom/promise'],
    ['class Orders {}', 'the class Orders. Write new Orders(...)'],
  ] as const).map(([source, says]) => ({
    name: `forEach(${source})`, source: inTask(`function* items() { yield* emit(1) } yield* forEach(${source}, function* () {})`), says: `${STREAM} ${says}`,
  })),

  // Options
  ...([
    ['gather([], { return_exceptions: true })', "TypeError: gather() has no option 'return_exceptions'. Did you mean 'returnExceptions'?"],
    ["createTask((function* () {})(), 'tea')",
      "TypeError: createTask() takes its options as an object, not 'tea'. Write createTask(coroutine, { name: 'tea' })"],
    ["createTask((function* () {})(), { nmae: 'tea' })", "TypeError: createTask() has no option 'nmae'. Did you mean 'name'?"],
    ['wait([createTask(sleep(1))], { return_when: FIRST_COMPLETED }).next()', "TypeError: wait() has no option 'return_when'. Did you mean 'returnWhen'?"],
    ['asCompleted([], 100)', 'TypeError: asCompleted() takes its options as an object, not 100. Write asCompleted(awaitables, { timeout: 100 })'],
    ['moveOnAfter(100, { sheild: true })', "TypeError: moveOnAfter() has no option 'sheild'. Did you mean 'shield'?"],
    ['failAt(100, true)', 'TypeError: failAt() takes its options as an object, not true. Write failAt(loop.time() + 100, { shield: true })'],
    ['new CancelScope({ relative_deadline: 100 })', "TypeError: new CancelScope() has no option 'relative_deadline'. Did you mean 'relativeDeadline'?"],
    ['new Future({ lopp: null })', "TypeError: new Future() has no option 'lopp'. Did you mean 'loop'?"],
    ['getRunningLoop().createFuture().addDoneCallback(() => {}, { contxt: null })',
      "TypeError: addDoneCallback() has no option 'contxt'. Did you mean 'context'?"],
  ] as const).map(([call, says]) => ({ name: call, source: inTask(call), says })),
  { name: 'run(m, new VirtualHost())', source: 'run(sleep(1), new VirtualHost())',
    says: 'TypeError: run() takes its options as an object, not VirtualHost. Write run(main(), { host: new VirtualHost() })' },
  { name: 'run(m, { debuh: true })', source: 'run(sleep(1), { debuh: true })', says: "TypeError: run() has no option 'debuh'. Did you mean 'debug'?" },
  { name: 'new EventLoop(host)', source: 'new EventLoop(new ManualHost())',
    says: 'TypeError: new EventLoop() takes its options as an object, not ManualHost. Write new EventLoop({ host: new VirtualHost() })' },
  { name: 'tick(16)', source: 'new EventLoop({ host: new ManualHost() }).tick(16)',
    says: 'TypeError: loop.tick() takes its options as an object, not 16. Write loop.tick({ now: 16 })' },
  { name: 'tick({ delta })', source: 'new EventLoop({ host: new ManualHost() }).tick({ delta: 16 })',
    says: "TypeError: loop.tick() has no option 'delta'. It has now, dt, budget, cost, maxCallbacks, errors" },
  { name: 'new PriorityQueue(10, compare)', source: 'new PriorityQueue(10, (a, b) => a - b)',
    says: 'TypeError: new PriorityQueue() takes its options as an object, not a function. ' +
      'Write new PriorityQueue(10, { compare: (a, b) => a.rank - b.rank })' },
  { name: 'new ContextVar(name, value)', source: "new ContextVar('user', null)",
    says: "TypeError: new ContextVar() takes its options as an object, not null. Write new ContextVar('user', { default: null })" },
  { name: 'new Queue({ maxsize })', source: 'new Queue({ maxsize: 3 })',
    says: 'TypeError: Queue() takes a number, not Object. Write the number alone, without a name' },
  { name: 'waitFor(awaitable, { timeout })', source: inTask('yield* waitFor(sleep(5), { timeout: 10 })'),
    says: 'TypeError: waitFor() takes a number of milliseconds or null, not Object. Write the number alone, without a name' },
  ...([
    ['new Event().wait(50)', 'event.wait()', 1],
    ['new Lock().acquire({ timeout: 50 })', 'lock.acquire()', 1],
    ['new ReentrantLock().acquire(false)', 'lock.acquire()', 1],
    ['new Semaphore(1).acquire(1, {}, 50)', 'semaphore.acquire()', 1],
    ['new Condition().wait(50)', 'condition.wait()', 1],
    ['new Condition().waitFor(() => true, 50)', 'condition.waitFor(…)', 1],
    ['new Barrier(2).wait(50)', 'barrier.wait()', 1],
    ['new CapacityLimiter(1).acquire(50)', 'limiter.acquire()', 1],
    ['new Queue().get(true, 50)', 'queue.get()', 2],
    ["new Queue().put('tea', { timeout: 50 })", 'queue.put(…)', 1],
    ['new Queue().join(50)', 'queue.join()', 1],
    ['channel(1)[1].receive(50)', 'receiver.receive()', 1],
    ["channel(1)[0].send('tea', 50)", 'sender.send(…)', 1],
    ['race([sleep(1), sleep(2)], 50)', 'race([…])', 1],
  ] as const).map(([call, words, many]) => ({
    name: call, source: inTask(`yield* ${call}`),
    says: `TypeError: ${words} got ${many} ${many > 1 ? 'arguments' : 'argument'} too many. For a time limit write waitFor(${words}, ms)`,
  })),

  { name: 'a suspend() whose function returns a timer', source: inTask('yield* suspend(resume => 7)'),
    says: 'TypeError: the function of suspend() returned 7. Return a function that undoes what it has registered, or nothing: ' +
      'suspend(resume => { later(resume) })' },

  // Time
  { name: 'seconds for milliseconds', source: inTask('yield* use(timeout(1), () => sleep(100))'), says: 'TimeoutError: timeout(1): 1 ms are over' },
  { name: 'the result of a future that has none', source: 'new EventLoop({ host: new ManualHost() }).createFuture().result()',
    says: 'InvalidStateError: Result is not set. In a task, write yield* future first' },
  { name: 'sleep() in a greenlet', source: inGreenlet('yield* sleep(5)'),
    says: 'RuntimeError: no running event loop. Write loop.createTask(coroutine), or do it in a coroutine that run() runs' },
  { name: 'sleep() in runMain()', source: 'return runMain(function* () { yield* sleep(5) })',
    says: 'RuntimeError: no running event loop. Write loop.createTask(coroutine), or do it in a coroutine that run() runs' },
  { name: 'sleep() in a generator that plain code drives', source: inTask('pyGenerator(function* () { yield* sleep(5) }).next()'),
    says: 'RuntimeError: plain code cannot sleep. Run this generator in a task' },
  { name: 'createTask() outside of a loop', source: 'createTask(sleep(1))',
    says: 'RuntimeError: no running event loop. Write loop.createTask(coroutine), or do it in a coroutine that run() runs' },
]
