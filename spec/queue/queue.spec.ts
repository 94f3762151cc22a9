import {
  type Coroutine, EventLoop, LifoQueue, Queue, createTask, forEach, gather, greenlet, run, sleep, timeout, use,
} from '../../lib/index.ts'
import { attempt, slip, story, virtual } from '../support/stories.ts'

describe('a Queue', () => {
  it('says what is in it, who waits at either side, and what is not dealt with yet', () => {
    expect(story(function* (log) {
      const queue = new Queue<number>(2)
      const note = () => { log.push(String(queue)) }
      note()
      const getters = [createTask(queue.get()), createTask(queue.get()), createTask(queue.get())]
      yield
      note()
      queue.putNowait(1)
      note()
      yield* sleep(1)
      for (const i of [2, 3]) yield* queue.put(i)
      yield* gather(getters)
      const putters = [4, 5, 6].map(i => createTask(queue.put(i)))
      yield
      note()
      putters[2]?.cancel()
      for (let i = 0; i < 3; i++) queue.taskDone()
      note()
      queue.shutdown()
      note()
    })).toEqual([
      '<Queue maxsize=2 size=0>', '<Queue maxsize=2 size=0 getters=3>', '<Queue maxsize=2 size=1 getters=2 tasks=1>',
      '<Queue maxsize=2 size=2 putters=1 tasks=5>', '<Queue maxsize=2 size=2 tasks=2>',
      '<Queue maxsize=2 size=2 tasks=2 shutdown>',
    ])
  })

  it('has any number of items when maxsize is 0 or less, or infinite', () => {
    for (const maxsize of [0, -5, undefined, Infinity, -Infinity]) {
      const queue = new Queue<number>(maxsize)
      for (let i = 0; i < 100; i++) queue.putNowait(i)
      expect([queue.qsize(), queue.full(), queue.empty(), queue.maxsize]).toEqual([100, false, false, maxsize ?? 0])
    }
  })

  it('is made of a number', () => {
    expect(['5', null, [], 5n].map(what => slip(() => new Queue(what as never)))).toEqual(
      ["'5'", 'null', '[0 items]', '5n'].map(what => `TypeError NOT_A_NUMBER: Queue() takes a number, not ${what}`))
  })

  it('says with a class and a code why it cannot be', () => {
    const queue = new Queue<number>(1)
    const log: unknown[] = [slip(() => queue.getNowait()), slip(() => { queue.taskDone() })]
    queue.putNowait(1)
    log.push(slip(() => { queue.putNowait(2) }))
    queue.shutdown()
    log.push(slip(() => { queue.putNowait(2) }), queue.getNowait(), slip(() => queue.getNowait()))
    queue.taskDone()
    log.push(slip(() => { queue.taskDone() }))
    expect(log).toEqual([
      'QueueEmpty QUEUE_EMPTY: ', 'ValueError TASK_DONE_TOO_OFTEN: task_done() called too many times',
      'QueueFull QUEUE_FULL: ', 'QueueShutDown QUEUE_SHUT_DOWN: ', 1, 'QueueShutDown QUEUE_SHUT_DOWN: ',
      'ValueError TASK_DONE_TOO_OFTEN: task_done() called too many times',
    ])
  })

  it('wakes those that wait in the order they came', () => {
    expect(story(function* (log) {
      const queue = new Queue<number>(2)
      const getters = ['a', 'b', 'c'].map(name => createTask((function* (): Coroutine<void> {
        log.push(`${name} gets ${yield* queue.get()}`)
      })()))
      yield
      for (let i = 1; i <= 5; i++) yield* queue.put(i)
      yield* gather(getters)
      const putters = [6, 7, 8].map(i => createTask((function* (): Coroutine<void> {
        yield* queue.put(i)
        log.push(`${i} is in`)
      })()))
      yield
      for (let i = 4; i <= 8; i++) log.push(yield* queue.get())
      yield* gather(putters)
    })).toEqual(['a gets 1', 'b gets 2', 'c gets 3', 4, 5, '6 is in', '7 is in', 6, 7, '8 is in', 8])
  })

  it('lets nobody overtake one that waits, also between its wake-up and its turn', () => {
    expect(story(function* (log) {
      const queue = new Queue<string>(1)
      function* getter(name: string): Coroutine<void> { log.push(`${name} gets ${yield* queue.get()}`) }
      function* putter(item: string): Coroutine<void> {
        yield* queue.put(item)
        log.push(`${item} is in`)
      }
      yield* gather([getter('a'), getter('b'), putter('tea'), putter('milk'), getter('c'), putter('cake')])
    })).toEqual([
      'tea is in', 'a gets tea', 'milk is in', 'b gets milk', 'cake is in', 'c gets cake',
    ])
  })

  it('gives the item of a getter that is cancelled before its turn to the next', () => {
    expect(story(function* (log) {
      const queue = new Queue<string>()
      const [a, b] = [createTask(queue.get()), createTask(queue.get())]
      yield
      queue.putNowait('tea')
      a.cancel()
      log.push(yield* b, a.cancelled(), String(queue))
    })).toEqual(['tea', true, '<Queue maxsize=0 size=0 tasks=1>'])
  })

  it('gives the room of a putter that is cancelled before its turn to the next', () => {
    expect(story(function* (log) {
      const queue = new Queue<string>(1)
      queue.putNowait('tea')
      const [a, b] = ['milk', 'cake'].map(item => createTask(queue.put(item)))
      yield
      log.push(queue.getNowait())
      a?.cancel()
      yield* sleep(1)
      log.push(a?.cancelled(), b?.done(), queue.getNowait(), String(queue))
    })).toEqual(['tea', true, true, 'cake', '<Queue maxsize=1 size=0 tasks=2>'])
  })

  it('gives nothing on when that was taken meanwhile', () => {
    expect(story(function* (log) {
      const queue = new Queue<string>(1)
      const [a, b] = [createTask(queue.get()), createTask(queue.get())]
      yield
      queue.putNowait('tea')
      a.cancel()
      log.push(queue.getNowait()) // overtakes both
      yield* sleep(1)
      log.push(b.done())
      queue.putNowait('milk')
      log.push(yield* b)
    })).toEqual(['tea', false, 'milk'])
  })

  it('is joined when all that was put in is dealt with, not when it is empty', () => {
    expect(story(function* (log) {
      const queue = new Queue<number>()
      yield* queue.join() // of nothing
      for (let i = 0; i < 3; i++) queue.putNowait(i)
      const worker = createTask((function* (): Coroutine<void> {
        for (;;) {
          const item = yield* queue.get()
          yield* sleep(10)
          log.push(item)
          queue.taskDone()
        }
      })())
      yield* gather([queue.join(), queue.join()])
      log.push('all are done', String(queue))
      worker.cancel()
      queue.putNowait(3)
      log.push(yield* attempt(() => use(timeout(50), () => queue.join())))
    })).toEqual([0, 1, 2, 'all are done', '<Queue maxsize=0 size=0 getters=1>', 'TimeoutError TIMED_OUT: timeout(50): 50 ms are over'])
  })

  it('is shut down for those that wait, too; what is in it can still be taken', () => {
    expect(story(function* (log) {
      const queue = new Queue<string>(1)
      yield* queue.put('tea')
      const putter = createTask(attempt(() => queue.put('milk')))
      yield
      queue.shutdown()
      queue.shutdown()
      log.push(yield* putter, yield* attempt(() => queue.put('cake')), yield* queue.get(),
        yield* attempt(() => queue.get()))
      log.push(yield* attempt(() => queue.put('cake')))
      const empty = new Queue()
      const getter = createTask(attempt(() => empty.get()))
      yield
      empty.shutdown(true)
      log.push(yield* getter)
    })).toEqual([
      'QueueShutDown QUEUE_SHUT_DOWN: ', 'QueueShutDown QUEUE_SHUT_DOWN: ', 'tea', 'QueueShutDown QUEUE_SHUT_DOWN: ',
      'QueueShutDown QUEUE_SHUT_DOWN: ', 'QueueShutDown QUEUE_SHUT_DOWN: ',
    ])
  })

  it('throws away what is in it when it is shut down at once; what was taken out is still waited for', () => {
    expect(story(function* (log) {
      const queue = new Queue<number>()
      for (let i = 0; i < 4; i++) queue.putNowait(i)
      log.push(queue.getNowait())
      const joined = createTask(queue.join())
      yield
      queue.shutdown(true)
      log.push(String(queue), yield* attempt(() => queue.get()))
      yield* sleep(1)
      log.push(joined.done())
      queue.taskDone()
      yield* joined
      const other = new Queue<number>()
      other.putNowait(1)
      other.taskDone() // before it was taken out
      other.shutdown(true)
      log.push(String(other))
      const third = new Queue<number>()
      third.putNowait(1)
      const joining = createTask(third.join())
      yield
      third.shutdown(true)
      yield* joining
      log.push(String(third))
    })).toEqual([
      0, '<Queue maxsize=0 size=0 tasks=1 shutdown>', 'QueueShutDown QUEUE_SHUT_DOWN: ', false,
      '<Queue maxsize=0 size=0 shutdown>', '<Queue maxsize=0 size=0 shutdown>',
    ])
  })

  it('keeps its items otherwise in a subclass', () => {
    /** Holds each item once. */
    class SetQueue<T> extends Queue<T> {
      private readonly set = new Set<T>()
      override qsize(): number { return this.set.size }
      protected override putItem(item: T): void { this.set.add(item) }
      protected override getItem(): T {
        for (const item of this.set) {
          this.set.delete(item)
          return item
        }
        throw new Error('there is one')
      }
    }
    expect(story(function* (log) {
      const queue = new SetQueue<string>(2)
      const putters = ['a', 'b', 'a', 'c'].map(item => createTask(queue.put(item)))
      yield
      log.push(String(queue), yield* queue.get(), yield* queue.get())
      yield* gather(putters)
      log.push(yield* queue.get(), yield* queue.get(), queue.empty())
      queue.shutdown(true)
      log.push(String(queue))
    })).toEqual([
      '<SetQueue maxsize=2 size=2 putters=2 tasks=2>', 'a', 'b', 'a', 'c', true,
      '<SetQueue maxsize=2 size=0 tasks=4 shutdown>',
    ])
  })

  it('can be filled and emptied by plain code, and by greenlets of nobody', () => {
    const queue = new Queue<number>(1)
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    queue.putNowait(1)
    loop.callSoon(() => {
      greenlet(function* () { for (let i = 2; i < 5; i++) yield* queue.put(i) }).resume()
      greenlet(function* () { for (;;) log.push(yield* queue.get()) }).resume()
    })
    while (loop.tick().ready > 0);
    log.push(queue.empty())
    queue.putNowait(5)
    loop.tick()
    expect(log).toEqual([1, 2, 3, 4, true, 5])
  })

  it('belongs to one loop at both sides', () => {
    const [tea, milk] = [new Queue(1), new Queue(1)]
    const [loop, other] = [new EventLoop(virtual()), new EventLoop(virtual())]
    milk.putNowait('item')
    loop.createTask(tea.get())
    loop.createTask(milk.put('another'))
    loop.tick()
    tea.putNowait('item') // what does not wait may come from anywhere
    milk.getNowait()
    const refused = [other.createTask(attempt(() => tea.put('another'))), other.createTask(attempt(() => milk.get()))]
    other.tick()
    expect(refused.map(task => String(task.result()))).toEqual([
      expect.stringMatching(/^RuntimeError OTHER_LOOP: room in <Queue .*> is bound to a different event loop\. /),
      expect.stringMatching('^RuntimeError OTHER_LOOP'),
    ])
    expect(run(new Queue(1).put('item'), virtual())).toBeUndefined()
  })
})

describe('a LifoQueue', () => {
  it('gives what was put in last', () => {
    expect(story(function* (log) {
      const queue = new LifoQueue<number>(3)
      for (const i of [1, 2, 3]) yield* queue.put(i)
      log.push(String(queue), slip(() => { queue.putNowait(4) }))
      const putter = createTask(queue.put(5))
      yield
      log.push(yield* queue.get())
      yield* putter
      log.push(yield* queue.get(), yield* queue.get(), yield* queue.get(), queue.empty(), slip(() => queue.getNowait()))
    })).toEqual([
      '<LifoQueue maxsize=3 size=3 tasks=3>', 'QueueFull QUEUE_FULL: ', 3, 5, 2, 1, true, 'QueueEmpty QUEUE_EMPTY: ',
    ])
  })

  it('is a stream until it is shut down and empty; several tasks may go through it', () => {
    expect(story(function* (log) {
      const queue = new Queue<number>(1)
      function* worker(name: string): Coroutine<void> {
        log.push([name, yield* forEach(queue, function* (item) {
          yield* sleep(item)
          queue.taskDone()
          log.push(`${name} ${item}`)
        })])
      }
      const workers = [createTask(worker('a')), createTask(worker('b'))]
      for (const item of [5, 1, 2]) yield* queue.put(item)
      queue.shutdown()
      yield* queue.join()
      yield* gather(workers)
      const error = yield* attempt(() => forEach(Object.assign(new Queue(), { *get(): Coroutine<never> { throw new RangeError('lost') } }),
        function* () { /* never */ }))
      log.push(error)
    })).toEqual(['b 1', 'b 2', ['b', true], 'a 5', ['a', true], 'RangeError undefined: lost'])
  })
})
