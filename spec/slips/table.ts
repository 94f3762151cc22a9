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
const OF_YIELD = 'If yield* f() gave it, write f() alone'
const RETURNED = 'coroutine(function* boil() {})()'
const NOBODY_RUNS = 'returned the coroutine boil(), which nobody runs. Write createTask(boil(...)) in it'
const COROUTINES = 'TypeError: coroutines cannot be used with'
const PLAIN = 'Write a plain function, which may call createTask(f(...))'
const LOOP = 'const loop = new EventLoop({ host: new ManualHost(), logger: text => { log.push(text) } })'
/** What a loop reports of it, in its last report. */
const reported = (body: string): string =>
  `${LOOP}; let told; loop.setExceptionHandler((_, { exception }) => { told = exception }); ${body}; loop.frame({ dt: 16 }); loop.frame({ dt: 16 }); return told`
const SEVERAL = 'For several managers, nest use(), or enter them one by one: stack.enterContext(manager), by an ExitStack'
const TAKES_ITSELF = 'If it comes from acquire(), write use(lock, function* () {...}): it takes the lock, and gives it back'
const ITEMS = 'asyncGenerator(function* () { yield* emit(1) })'

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
      'to wait for all in it, yield* gather([...items])' },

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
  { name: 'ensureFuture() of a string', source: "ensureFuture('ok')", says: `TypeError: a future, a coroutine or an awaitable is required, not 'ok'. ${OF_YIELD}` },
  { name: 'gather(undefined)', source: 'gather([undefined])',
    says: 'TypeError: a future, a coroutine or an awaitable is required, not undefined. Only a function* gives a coroutine when it is called. ' + OF_YIELD },
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

  // What is called with another habit
  { name: 'repeat() that is ended by BREAK', source: inTask('yield* repeat(1, function* () { return BREAK })'),
    says: 'TypeError: the body of repeat() returned a symbol, as BREAK is. To end it, write return false' },
  { name: 'repeat() with a body that returns what is no coroutine', source: inTask('yield* repeat(1, () => [1, 2])'),
    says: 'TypeError: the body of repeat() returned [2 items] instead of a coroutine. To wait for all of them, write () => gather([...])' },
  { name: 'tween() with an ease that gives no number', source: inTask('yield* tween(1, t => f(t), () => undefined); function* f() {}'),
    says: 'TypeError: the ease of tween() gives a number, and gave Generator' },
  { name: 'PriorityQueue({ compare }) that gives a boolean',
    source: 'const queue = new PriorityQueue(0, { compare: (a, b) => a > b }); queue.putNowait(1); queue.putNowait(2)',
    says: 'TypeError: the compare() of a PriorityQueue gives a number, as a - b does, and gave false for 1 and 1' },
  { name: 'nextFrame(10)', source: inTask('yield* nextFrame(10)'), says: 'TypeError: nextFrame() got 1 argument too many. Write waitFrames(count)' },
  { name: 'callAt(Date.now() + 5)', source: inTask('getRunningLoop().callAt(1700000000000, () => 1)'),
    says: 'ValueError: callAt() takes a moment of the loop\'s own time, and 1700000000000 is one of Date.now(). Write loop.time() + ms' },
  { name: 'cancelAndWait(task, message, 10)', source: inTask("yield* cancelAndWait(createTask(sleep(5)), 'stop', 10)"),
    says: 'TypeError: cancelAndWait(…) got 1 argument too many. For a time limit write waitFor(cancelAndWait(…), ms)' },
  { name: 'group.exceptions', source: "return new ExceptionGroup('two', [1, 2]).exceptions.length", says: 'TypeError: an ExceptionGroup has its errors in group.errors' },

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

  // What stands in the place of options
  ...([
    ['createTask(boil(), boil())', "createTask() takes its options as an object, not Generator. Write createTask(coroutine, { name: 'tea' })"],
    ['gather([boil()], boil())', 'gather() takes its options as an object, not Generator. Write gather([f(), g()], { returnExceptions: true })'],
    ['gather([boil()], sleep(5))', 'gather() takes its options as an object, not Sleep. Write gather([f(), g()], { returnExceptions: true })'],
    ['wait([createTask(boil())], new Map()).next()', 'wait() takes its options as an object, not Map. Write wait(tasks, { timeout: 100 })'],
    ["new Queue(1, new Map([['overflow', 'error']]))", "new Queue() takes its options as an object, not Map. Write new Queue(10, { overflow: 'dropOldest' })"],
    ['[boil(), boil()].map(createTask)', 'createTask() takes its options as an object, not 0. map() passes the index, too: write map(each => createTask(each))'],
    ['[boil(), boil()].map(ensureFuture)', 'ensureFuture() takes its options as an object, not 0. map() passes the index, too: write map(each => ensureFuture(each))'],
    ["createTask(boil, 'tea')", 'a coroutine was expected, got the function boil. Call it: createTask(boil())'],
    ["new Task(boil, 'tea')", 'a coroutine was expected, got the function boil. Call it: createTask(boil())'],
    ["getRunningLoop().owner('enemy').spawn(boil(), 'tea')", "owner.spawn() takes its options as an object, not 'tea'. Write owner.spawn(patrol(), { name: 'tea' })"],
    ["getRunningLoop().owner('enemy').owner('arm', 'left')", "loop.owner() takes its options as an object, not 'left'. Write loop.owner('enemy', { clock })"],
  ] as const).map(([call, says]) => ({ name: call, source: inTask(`function* boil() {} ${call}`), says: `TypeError: ${says}` })),
  { name: "group.createTask(f, 'tea')",
    source: inTask("function* brew(tea) {} let told; yield* use(new TaskGroup(), function* (group) { try { group.createTask(brew, 'tea') } catch (error) { told = error } }); return told"),
    says: 'TypeError: a coroutine was expected, got the function brew. Call it: group.createTask(brew(...))' },
  { name: 'run(main(), other())', source: 'function* main() {} run(main(), main())',
    says: 'TypeError: run() takes its options as an object, not Generator. Write run(main(), { host: new VirtualHost() })' },
  { name: 'options without a prototype are options', source: inTask("return createTask(sleep(1), Object.create(null)).getName()"), says: 'Task-2' },

  // What is called, and not awaited
  ...([
    ['a callback of callSoon()', `loop.callSoon(() => ${RETURNED})`, 'a callback'],
    ['a callback of callLater()', `loop.callLater(16, () => ${RETURNED})`, 'a callback'],
    ['a callback with a context', `loop.withContext(copyContext()).callSoon(() => ${RETURNED})`, 'a callback'],
    ['a callback of addDoneCallback()', `const future = loop.createFuture(); future.addDoneCallback(() => ${RETURNED}); future.setResult(1)`, 'a callback'],
  ] as const).map(([what, does, who]) => ({ name: `${what} returns a coroutine`, source: reported(does), says: `TypeError: ${who} ${NOBODY_RUNS}` })),
  ...([
    ['onClose()', `const owner = loop.owner('enemy'); owner.onClose(() => ${RETURNED}); owner.close()`],
    ['onClose()', `const owner = loop.owner('enemy'); owner.close(); owner.onClose(() => ${RETURNED})`],
    ['onInput()', `loop.onInput('key', () => ${RETURNED}); loop.input('key', 'a')`],
  ] as const).map(([what, does]) => ({ name: does, source: `${LOOP}; ${does}`, says: `TypeError: the ${what === 'onInput()' ? 'listener' : 'function'} of ${what} ${NOBODY_RUNS}` })),
  { name: 'a callback returns a coroutine without a name', source: reported('loop.callSoon(() => (function* () {})())'),
    says: 'TypeError: a callback returned a coroutine, which nobody runs. Write createTask(f(...)) in it' },
  { name: 'a callback returns a sleep()', source: reported('loop.callSoon(() => sleep(5))'),
    says: 'TypeError: a callback returned sleep(5), which nobody runs. Write createTask(sleep(5)) in it' },
  { name: 'a callback that returns a task', source: reported('loop.callSoon(() => loop.createTask((function* () {})()))'), says: 'undefined' },
  { name: 'an exception handler returns a coroutine',
    source: `${LOOP}; loop.setExceptionHandler(() => ${RETURNED}); loop.callSoon(() => { throw new Error('no tea') }); loop.tick(); return log[0].split(String.fromCharCode(10)).find(line => line.startsWith('TypeError'))`,
    says: `TypeError: the exception handler ${NOBODY_RUNS}` },
  ...([
    ['loop.setExceptionHandler(function* () {})', 'setExceptionHandler()'],
    ['channel(1, { onUndelivered: function* () {} })', 'onUndelivered'],
    ['broadcast(1).subscribe({ onMissed: function* () {} })', 'subscribe({ onMissed })'],
    ['loop.addSignalHandler("SIGINT", function* () {})', 'addSignalHandler()'],
    ["loop.owner('enemy', { onError: function* () {} })", 'onError'],
    ["loop.owner('enemy').onClose(function* () {})", 'onClose()'],
    ["loop.onInput('key', function* () {})", 'onInput()'],
    ["loop.external('seed', function* () {})", 'external()'],
    ['loop.asJob({ errors: function* () {} })', 'asJob({ errors })'],
    ['loop.tick({ errors: function* () {} })', 'tick({ errors })'],
    ['loop.setTaskFactory(function* () {})', 'setTaskFactory()'],
    ['new EventLoop({ host: new ManualHost(), logger: function* () {} })', 'the logger of a loop'],
    ['loop.createFuture().addDoneCallback(function* () {})', 'addDoneCallback()'],
    ['new PriorityQueue(0, { compare: function* () {} })', 'the compare of a PriorityQueue'],
    ['watch(function* () {})', 'watch()'],
    ['waitSignal(function* () {})', 'waitSignal()'],
    ['tween(100, null, function* () {})', 'the step of tween()'],
    ['tween(100, function* () {}, () => {})', 'the ease of tween()'],
  ] as const).map(([call, what]) => ({ name: call, source: `${LOOP}; ${call}`, says: `${COROUTINES} ${what}. ${PLAIN}` })),
  { name: 'printCallGraph(task, function* () {})', source: inTask('printCallGraph(currentTask(), function* () {})'), says: `${COROUTINES} printCallGraph(). ${PLAIN}` },
  { name: 'the function of onUndelivered returns a coroutine',
    source: `const [sender, receiver] = channel(1, { onUndelivered: () => ${RETURNED} }); sender.sendNowait(1); receiver.close()`,
    says: `TypeError: onUndelivered() ${NOBODY_RUNS}` },
  { name: 'onError of an owner returns a coroutine',
    source: `${LOOP}; loop.owner('enemy', { onError: () => ${RETURNED} }).spawn((function* () { throw new Error('no tea') })()); loop.tick(); loop.tick()`,
    says: `TypeError: onError() ${NOBODY_RUNS}` },
  { name: 'the function for the errors of a tick returns a coroutine',
    source: `${LOOP}; loop.createTask((function* () { throw new Error('no tea') })()); loop.tick({ errors: () => ${RETURNED} }); loop.tick({ errors: () => ${RETURNED} })`,
    says: `TypeError: the function for errors ${NOBODY_RUNS}` },
  { name: 'onMissed returns a coroutine',
    source: inTask(`const news = broadcast(1, { overflow: 'dropOldest' }); const reader = news.subscribe({ onMissed: () => ${RETURNED} }); ` +
      'news.sendNowait(1); news.sendNowait(2); yield* reader.receive()'),
    says: `TypeError: onMissed() ${NOBODY_RUNS}` },
  { name: 'the step of tween() returns a coroutine', source: inTask(`yield* tween(100, null, () => ${RETURNED})`), says: `TypeError: the step of tween() ${NOBODY_RUNS}` },
  { name: 'the function of waitSignal() returns a coroutine', source: inTask(`yield* waitSignal(() => ${RETURNED})`),
    says: `TypeError: the function of waitSignal() ${NOBODY_RUNS}` },
  { name: 'onError of mapConcurrently() returns a coroutine',
    source: inTask(`try { yield* mapConcurrently([1], function* () { throw new Error('no tea') }, { limit: 1, onError: () => ${RETURNED} }) } catch (error) { return error.errors[0] }`),
    says: `TypeError: onError() ${NOBODY_RUNS}` },
  ...([
    ['waitUntil(function* () {})', 'waitUntil()', 'a coroutine'],
    ['waitUntil(() => sleep(5))', 'waitUntil()', 'a coroutine'],
    [`waitWhile(() => ${LIKE_PROMISE})`, 'waitWhile()', 'a promise'],
    ['use(condition, () => condition.waitFor(function* () { return false }))', 'condition.waitFor()', 'a coroutine'],
    [`use(condition, () => condition.waitFor(() => ${LIKE_PROMISE}))`, 'condition.waitFor()', 'a promise'],
  ] as const).map(([call, what, kind]) => ({
    name: call, source: inTask(`const condition = new Condition(); yield* ${call}`),
    says: `TypeError: the predicate of ${what} returned ${kind}, which is always true. Write a plain function`,
  })),
  { name: 'a predicate may return an object, and null', source: inTask('let asked = 0; yield* waitUntil(() => asked++ === 0 ? null : { asked }); return asked'), says: '2' },
  { name: 'stack.callback(close())', source: inTask('function* close() {} yield* use(new ExitStack(), function* (stack) { stack.callback(close()) })'),
    says: 'TypeError: callback() takes a function, not a coroutine. Write callback(f), without calling it' },
  { name: 'a function of an ExitStack returns a promise', source: inTask(`yield* use(new ExitStack(), function* (stack) { stack.callback(() => ${LIKE_PROMISE}) })`),
    says: 'TypeError: a function of an ExitStack returned a promise, for which it does not wait. Write function* instead of async function' },

  // What methods of a program return
  ...([
    ['class Tea { enter() { return ({ then() {} }) } *exit() {} }', 'use(new Tea(), function* () {})', 'enter', 'a promise'],
    ['class Tea { enter() { return 1 } exit() {} }', 'use(new Tea(), function* () {})', 'enter', '1'],
    ["class Tea { enter() { return 'ab' } exit() {} }", 'use(new Tea(), function* () {})', 'enter', "'ab'"],
    ['class Tea { *enter() {} exit() { return ({ then() {} }) } }', 'use(new Tea(), function* () {})', 'exit', 'a promise'],
    ['class Tea { enter() { return [] } *exit() {} }', 'use(new ExitStack(), stack => stack.enterContext(new Tea()))', 'enter', '[0 items]'],
    ['class Tea extends Lock { acquire() { return true } }', 'use(new Tea(), function* () {})', 'acquire', 'true'],
    ['class Tea extends ReentrantLock { acquire() { return true } }', 'use(new Tea(), function* () {})', 'acquire', 'true'],
    ['class Tea extends Semaphore { acquire() { return true } }', 'use(new Tea(), function* () {})', 'acquire', 'true'],
  ] as const).map(([type, call, method, gave]) => ({
    name: `${type} ${call}`, source: inTask(`${type} yield* ${call}`),
    says: `TypeError: ${method}() of Tea returned ${gave} instead of a coroutine. Write *${method}() {...}`,
  })),
  { name: 'the methods of a manager may return any awaitable',
    source: inTask("class Tea { enter() { return sleep(1, 'tea') } exit() { return sleep(1) } } return yield* use(new Tea(), function* (tea) { return tea })"), says: 'tea' },
  ...([
    ['[new Lock(), new Lock()]', `which [2 items] does not have. ${SEVERAL}`],
    ['yield* new Lock().acquire()', `which true does not have. ${TAKES_ITSELF}`],
    ['coroutine(function* acquire() {})()', `which CoroutineFrame does not have. ${TAKES_ITSELF}`],
    ['new Queue()', 'which Queue does not have. A stream has no block. Write yield* forEach(source, function* (item) {...})'],
    ['new Event()', 'which Event does not have. To wait for it, write yield* event.wait()'],
    ['new Tea()', 'which Tea does not have. Call its methods *enter() and *exit()'],
    ['new Old()', 'which Old does not have. Call its methods *enter() and *exit()'],
    [`${ITEMS}()`, 'which PyAsyncGenerator does not have. Write use(aclosing(generator), function* (generator) {...})'],
    ['{ *enter() {} }', 'and Object has no exit(). Write *exit() {...}'],
    ['{ *exit() {} }', 'and Object has no enter(). Write *enter() {...}'],
    ['{}', 'which Object does not have'],
    ['null', 'which null does not have'],
  ] as const).map(([manager, says]) => ({
    name: `use(${manager}, …)`, source: inTask(`class Tea { *__aenter__() {} } class Old { __enter__() {} } yield* use(${manager}, function* () {})`),
    says: `TypeError: a context manager has the methods enter() and exit(), ${says}`,
  })),
  { name: 'use(lock, () => [f(), g()])', source: inTask('yield* use(new Lock(), () => [sleep(1), sleep(2)])'),
    says: 'TypeError: the body of use() returned [2 items] instead of a coroutine. To wait for all of them, write () => gather([...])' },

  // Streams of a program
  ...([
    ['*iterate() {}', 'a generator. Write iterate() { return items().iterate() }, with items = asyncGenerator(function* () {...})'],
    ['iterate() { return ({ then() {} }) }', 'a promise. Write iterate() without async'],
    [`iterate() { return ${ITEMS}() }`, 'PyAsyncGenerator, which is a stream itself. Write iterate() { return items().iterate() }'],
    ['iterate() { return 5 }', '5, which has no method next(). Write { *next() { return { value, done: false } } }'],
  ] as const).map(([method, says]) => ({
    name: `forEach() over { ${method} }`, source: inTask(`class Tree { ${method} } yield* forEach(new Tree(), function* () {})`),
    says: `TypeError: iterate() of Tree returned ${says}`,
  })),
  ...([
    ['next() { return ({ then() {} }) }', 'next() of Steps returned a promise instead of a coroutine. Write *next() {...}'],
    ['next() { return { value: 1, done: false } }', 'next() of Steps returned Object instead of a coroutine. Write *next() {...}'],
    ['*next() { return 1 }', 'next() of Steps gave 1. Return { value, done }'],
    ['*next() { return { tea: 1 } }', 'next() of Steps gave Object. Return { value, done }'],
    ['*next() {}', 'next() of Steps gave undefined. Return { value, done }'],
    ['*next() { return null }', 'next() of Steps gave null. Return { value, done }'],
    ['*next() { return { value: 1 } } close() {}', 'close() of Steps returned undefined instead of a coroutine. Write *close() {...}'],
  ] as const).map(([method, says]) => ({
    name: `forEach() over an iterator with ${method}`,
    source: inTask(`class Steps { ${method} } yield* forEach({ iterate: () => new Steps() }, function* () { return BREAK })`), says: `TypeError: ${says}`,
  })),
  ...(['false', 'true', "'BREAK'", "Symbol('BREAK')"] as const).map(value => ({
    name: `return ${value} in forEach()`, source: inTask(`yield* forEach(${ITEMS}(), function* () { return ${value} })`),
    says: `TypeError: the body of forEach() returned ${value.split("Symbol('BREAK')").join('Symbol(BREAK)')}. Write return BREAK to leave the loop, or return nothing`,
  })),
  ...(["function* () { return 'tea' }", 'function* () { return 0 }', 'x => forEach(source(), function* () { return BREAK })', 'x => new Lock().acquire()'] as const).map(body => ({
    name: `forEach(…, ${body}) is honest`, source: inTask(`const source = ${ITEMS}; return yield* forEach(source(), ${body})`), says: 'true',
  })),
  { name: 'throw BREAK in forEach()', source: inTask(`yield* forEach(${ITEMS}(), function* () { throw BREAK })`),
    says: 'TypeError: the body of forEach() threw BREAK. Write return BREAK' },
  { name: 'forEach(radio, …)', source: inTask('yield* forEach(broadcast(1), function* () {})'),
    says: `${STREAM} Broadcast. Write forEach(source.subscribe(), function* (item) {...})` },
  { name: 'two consumers of one asynchronous generator',
    source: inTask('const items = asyncGenerator(function* () { yield* sleep(1); yield* emit(1) })(); yield* gather([forEach(items, function* () {}), forEach(items, function* () {})])'),
    says: 'RuntimeError: forEach(): asynchronous generator is already running. Give each consumer its own, by calling its function again, or share the items by a broadcast()' },

  // Too many arguments
  ...([
    ['forEach(new Queue(), function* () {}, { limit: 2 })', 'forEach(…)', 1, 'To work on several items at a time, write mapStream(source, worker, { limit })'],
    ['use(new Lock(), function* () {}, 1, 2)', 'use(…)', 2, 'To give the body arguments, write use(manager, () => f(...))'],
    ['use(new Lock(), new Lock(), function* () {})', 'use(…)', 1, SEVERAL],
    ['new TaskGroup({ limit: 2 })', 'new TaskGroup()', 1, 'For a limit write mapConcurrently(items, worker, { limit }), or a Semaphore'],
    ['new Event(true)', 'new Event()', 1, 'To begin with the flag set, call event.set()'],
    ['new Lock(true)', 'new Lock()', 1, 'A lock is free at first: write new Lock()'],
    ['new ReentrantLock(true)', 'new ReentrantLock()', 1, 'A lock is free at first: write new ReentrantLock()'],
    ['new ReadWriteLock(true)', 'new ReadWriteLock()', 1, 'A lock is free at first: write new ReadWriteLock()'],
    ['new ExitStack(new Lock())', 'new ExitStack()', 1, 'Enter managers by stack.enterContext(manager)'],
    ['new Semaphore(1, true)', 'new Semaphore()', 1, 'Write new Semaphore(3), or new BoundedSemaphore(3)'],
    ['new Barrier(1, true)', 'new Barrier()', 1, 'Write new Barrier(3)'],
    ['new CapacityLimiter(1, true)', 'new CapacityLimiter()', 1, 'Write new CapacityLimiter(3)'],
    ['new Condition(new Lock(), true)', 'new Condition()', 1, 'Write new Condition(lock)'],
  ] as const).map(([call, words, many, write]) => ({
    name: call, source: inTask(call), says: `TypeError: ${words} got ${many} ${many > 1 ? 'arguments' : 'argument'} too many. ${write}`,
  })),

  // Arguments in the wrong order, and what was awaited already
  ...([
    ['yield* waitFor(10, boil())', 'waitFor() takes the awaitable first. Write waitFor(f(), 10)'],
    ['yield* waitFor(10, 10)', `a future, a coroutine or an awaitable is required, not 10. ${OF_YIELD}`],
    ['yield* waitFor(boil(), timeout(10))', 'waitFor() takes a number of milliseconds or null, not Timeout. Write the number alone: it is a time limit already'],
    ['yield* waitFor(boil(), { [Symbol.toStringTag]: "Date" })', 'waitFor() takes a number of milliseconds or null, not Date. Write how long it is from now: date - Date.now()'],
    ['yield* waitFor(boil(), [])', 'waitFor() takes a number of milliseconds or null, not [0 items]'],
    ['yield* race([boil(), timeout(10)])', 'a future, a coroutine or an awaitable is required, not Timeout. For a time limit write waitFor(f(), ms)'],
    ['yield* race([boil(), new Lock()])', 'a future, a coroutine or an awaitable is required, not Lock. It is a context manager. Write yield* use(manager, function* () {...})'],
    ['getRunningLoop().callLater(() => {}, 10)', 'callLater() takes a number of milliseconds, not a function. The time comes first: callLater(10, callback)'],
    ['getRunningLoop().callAt(() => {}, 10)', 'callAt() takes a number of milliseconds, not a function. The time comes first: callAt(loop.time() + 10, callback)'],
    ['getRunningLoop().callAt({ [Symbol.toStringTag]: "Date" }, () => {})', 'callAt() takes a number of milliseconds, not Date. Write callLater(date - Date.now(), callback)'],
    ["getRunningLoop().callAt('10', () => {})", "callAt() takes a number of milliseconds, not '10'"],
    ["yield* waitEvent('click', { on() {}, off() {} })", "waitEvent() takes the name of the event, not Object. The target comes first: waitEvent(target, 'click')"],
    ['yield* waitEvent({ on() {}, off() {} })', 'waitEvent() takes the name of the event, not undefined'],
    ['createTask(yield* boil())', `a coroutine was expected, got undefined. Only a function* gives a coroutine when it is called. ${OF_YIELD}`],
    ["createTask('tea')", `a coroutine was expected, got 'tea'. ${OF_YIELD}`],
    ['createTask(null)', `a coroutine was expected, got null. ${OF_YIELD}`],
    ['createTask(gather([]))', 'a coroutine was expected, got Future. It is a future, and needs no task. To wait for it, write yield* future'],
    ['createTask(createTask(boil()))', 'a coroutine was expected, got Task. It is a future, and needs no task. To wait for it, write yield* future'],
    ['createTask(new Lock())', 'a coroutine was expected, got Lock. It is a context manager. Write yield* use(manager, function* () {...})'],
    ['gather(new Set([boil()]))', 'gather() takes an array, not Set. Write gather([...items])'],
    ['gather(boil())', 'gather() takes an array, not Generator. Write gather([f(), g()])'],
    ['race(new Set([boil()]))', 'race() takes an array of what can be awaited, not Set. Write race([...items])'],
    ['race(boil())', 'race() takes an array of what can be awaited, not Generator. Write race([f(), g()])'],
    ['race([])', 'race() takes an array of what can be awaited, not [0 items]. Write race([f(), g()])'],
    ['yield* allSettled(new Set([boil()]))', 'allSettled() takes an array, not Set. Write allSettled([...items])'],
    ['yield* allSettled(boil())', 'allSettled() takes an array, not Generator. Write allSettled([f(), g()])'],
  ] as const).map(([call, says]) => ({ name: call, source: inTask(`function* boil() {} ${call}`), says: `TypeError: ${says}` })),
  { name: 'sleep(seconds)', source: inTask('yield* sleep(seconds)'),
    says: 'ValueError: sleep() takes a number of milliseconds, not the function seconds. Call it: seconds(...)' },
  ...([
    ["mapConcurrently([1], () => ({ then() {} }), { limit: 1 })", `the worker of mapConcurrently() returned Object. ${PROMISE}`],
    ['mapConcurrently([1], x => 2 * x, { limit: 1 })', 'the worker of mapConcurrently() returned 2. Write function* () {...}'],
    ['mapConcurrently([1], x => {}, { limit: 1 })', 'the worker of mapConcurrently() returned undefined. Only a function* gives a coroutine when it is called'],
  ] as const).map(([call, says]) => ({
    name: call, source: inTask(`try { yield* ${call} } catch (error) { return error.errors[0] }`), says: `TypeError: ${says}`,
  })),
  { name: 'gather([() => 5], { limit: 1 })', source: inTask('yield* gather([() => 5], { limit: 1 })'),
    says: 'TypeError: a function of gather() returned 5. Write function* () {...}' },
  { name: 'run() in a callback', source: reported('loop.callSoon(() => run(sleep(1)))'),
    says: 'RuntimeError: run() cannot be called from a running event loop. In a coroutine, write yield* main(); in a callback, createTask(main())' },
  { name: 'loop.runUntilComplete() in a callback', source: reported('loop.callSoon(() => loop.runUntilComplete(sleep(1)))'),
    says: 'RuntimeError: This event loop is already running. In a task, write yield* future instead of running the loop again; in a callback, createTask(f())' },
]
