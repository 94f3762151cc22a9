import { type Coroutine, EventLoop, LifoQueue, PriorityQueue, Queue, channel, createTask, moveOnAfter, run, sleep, use } from '../../lib/index.ts'
import { attempt, slip, story, virtual, words } from '../support/stories.ts'

describe('a queue that is full', () => {
  it('drops the oldest item, or the newest, or says that it is full; and tells how many it dropped', () => {
    expect(story(function* (log) {
      for (const overflow of ['dropOldest', 'dropNewest', 'error', 'wait'] as const) {
        const queue = new Queue<number>(2, { overflow })
        for (const item of [1, 2, 3]) log.push(overflow === 'wait' ? slip(() => { queue.putNowait(item) }) : yield* attempt(() => queue.put(item)))
        log.push([queue.getNowait(), queue.getNowait()], queue.statistics().dropped)
        queue.taskDone()
        queue.taskDone() // the dropped one is dealt with
        yield* queue.join()
      }
    })).toEqual([
      undefined, undefined, undefined, [2, 3], 1,
      undefined, undefined, undefined, [1, 2], 1,
      undefined, undefined, 'QueueFull QUEUE_FULL: ', [1, 2], 0,
      undefined, undefined, 'QueueFull QUEUE_FULL: ', [1, 2], 0,
    ])
  })

  it('keeps the last that came, of a stack; and those that go first, of a priority queue', () => {
    expect(story(function* (log) {
      const stack = new LifoQueue<number>(2, { overflow: 'dropOldest' })
      const first = new PriorityQueue<number>(2, { overflow: 'dropNewest' })
      for (const item of [3, 2, 1]) {
        yield* stack.put(item)
        yield* first.put(item)
      }
      log.push(yield* stack.get(), yield* stack.get(), yield* first.get(), yield* first.get())
    })).toEqual([1, 2, 2, 3])
  })

  it('lets a subclass drop what it likes, and otherwise what it would give next', () => {
    class Odd extends Queue<number> {
      readonly items: number[] = []
      override qsize(): number { return this.items.length }
      protected override putItem(item: number): void { this.items.push(item) }
      protected override getItem(): number { return this.items.pop() as number }
    }
    const odd = new Odd(2, { overflow: 'dropOldest' })
    for (const item of [1, 2, 3]) odd.putNowait(item)
    expect(odd.items).toEqual([1, 3])
  })

  it('says what can be said of it', () => {
    expect(story(function* (log) {
      const queue = new Queue<number>(1)
      const tasks = [createTask(queue.get()), createTask(queue.get())]
      yield
      log.push(queue.statistics())
      for (const item of [1, 2]) yield* queue.put(item)
      for (const task of tasks) yield* task
      yield* queue.put(3)
      const putter = createTask(queue.put(4))
      yield
      log.push(queue.statistics())
      putter.cancel()
    })).toEqual([
      { size: 0, maxsize: 1, unfinished: 0, dropped: 0, tasksWaitingPut: 0, tasksWaitingGet: 2 },
      { size: 1, maxsize: 1, unfinished: 3, dropped: 0, tasksWaitingPut: 1, tasksWaitingGet: 0 },
    ])
  })

  it('refuses a policy that there is not, before anything else', () => {
    expect([slip(() => new Queue(1, { overflow: 'drop' as never })), slip(() => new PriorityQueue(1, { overflow: 'dropOldest' })),
      slip(() => channel(1, { overflow: 5 as never })), slip(() => channel(0, { overflow: 'dropOldest' })),
      slip(() => channel(0, { onUndelivered: 5 as never }))]).toEqual([
      "TypeError NOT_A_POLICY: Queue() takes { overflow: 'wait', 'dropOldest', 'dropNewest' or 'error' }, not 'drop'",
      "ValueError NOT_A_POLICY: a PriorityQueue does not know which item is the oldest. Write { overflow: 'dropNewest' }",
      "TypeError NOT_A_POLICY: channel() takes { overflow: 'wait', 'dropOldest', 'dropNewest' or 'error' }, not 5",
      "ValueError NO_ROOM: a channel of size 0 has no oldest value to drop. Write channel(1, { overflow: 'dropOldest' })",
      'TypeError NOT_CALLABLE: channel() takes { onUndelivered: value => … }, not 5',
    ])
  })
})

describe('a channel that is full', () => {
  it('drops the oldest value, or the newest, or says that it is full; and tells which values nobody will receive', () => {
    expect(story(function* (log) {
      for (const overflow of ['dropOldest', 'dropNewest', 'error'] as const) {
        const [sender, receiver] = channel<number>(2, { overflow, onUndelivered: value => log.push(`${value} is lost`) })
        for (const value of [1, 2, 3]) log.push(yield* attempt(() => sender.send(value)))
        log.push(slip(() => { sender.sendNowait(4) }), [receiver.receiveNowait(), receiver.receiveNowait()], receiver.statistics().dropped)
      }
    })).toEqual([
      undefined, undefined, '1 is lost', undefined, '2 is lost', undefined, [3, 4], 2,
      undefined, undefined, '3 is lost', undefined, '4 is lost', undefined, [1, 2], 2,
      undefined, undefined, '3 is lost', 'WouldBlock WOULD_BLOCK: the channel is full. Write yield* sender.send(value) to wait',
      'WouldBlock WOULD_BLOCK: the channel is full. Write yield* sender.send(value) to wait', [1, 2], 0,
    ])
  })

  it('with no room at all, gives a value to who waits for one, and drops the rest', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<number>(0, { overflow: 'dropNewest' })
      sender.sendNowait(1)
      const task = createTask(receiver.receive())
      yield
      yield* sender.send(2)
      sender.sendNowait(3)
      log.push(yield* task, sender.statistics())
    })).toEqual([2, { currentBufferUsed: 0, maxBufferSize: 0, openSendStreams: 1, openReceiveStreams: 1, tasksWaitingSend: 0,
      tasksWaitingReceive: 0, dropped: 2 }])
  })
})

describe('onUndelivered of a channel', () => {
  it('is given what waits in it when the last receiver is closed, and what is sent afterwards', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<number>(1, { onUndelivered: value => log.push(`${value} is lost`) })
      yield* sender.send(1)
      const task = createTask(sender.send(2))
      yield
      receiver.close()
      log.push(yield* attempt(() => task), yield* attempt(() => sender.send(3)))
      sender.close()
      log.push(yield* attempt(() => sender.send(4)), slip(() => { sender.sendNowait(5) })) // 5 is still in the hand of the caller
    })).toEqual([
      '1 is lost', '2 is lost', '3 is lost', 'BrokenResourceError BROKEN: all receivers of the channel are closed: nobody would receive the value',
      'BrokenResourceError BROKEN: all receivers of the channel are closed: nobody would receive the value',
      '4 is lost', 'ClosedResourceError CLOSED: this end of the channel is closed', 'ClosedResourceError CLOSED: this end of the channel is closed',
    ])
  })

  it('is given the value of a sender that is cancelled; what a cancelled receiver had in its hand goes to the next one', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<number>(0, { onUndelivered: value => log.push(`${value} is lost`) })
      yield* use(moveOnAfter(5), () => sender.send(1))
      const first = createTask(receiver.receive())
      yield
      sender.sendNowait(2)
      first.cancel()
      log.push(yield* receiver.receive())
      const second = createTask(receiver.receive())
      yield
      sender.sendNowait(3)
      second.cancel()
      receiver.close() // now nobody is there for it
      log.push(yield* attempt(() => second))
    })).toEqual(['1 is lost', 2, '3 is lost', 'CancelledError CANCELLED: '])
  })

  it('is reported when it fails, and thrown where there is no loop', () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    loop.setExceptionHandler((_, { message, exception }) => { log.push(message, words(exception)) })
    const make = () => channel<number>(1, { onUndelivered() { throw new RangeError('fire') } })
    run(function* (): Coroutine<void> {
      const [sender, receiver] = make()
      yield* sender.send(1)
      receiver.close()
      yield* sleep(1)
    }(), { loopFactory: () => loop })
    const [sender, receiver] = make()
    sender.sendNowait(1)
    log.push(slip(() => { receiver.close() }))
    expect(log).toEqual(['Exception in onUndelivered() of a channel', 'RangeError undefined: fire', 'RangeError undefined: fire'])
  })
})

it('what is dropped takes nothing from the count of a queue whose items are all done beforehand', () => {
  expect(story(function* (log) {
    const queue = new Queue<string>(1, { overflow: 'dropOldest' })
    queue.putNowait('old')
    queue.taskDone() // before anybody has got it
    queue.putNowait('new')
    log.push(queue.statistics().unfinished)
    const joined = createTask(queue.join())
    yield* sleep(0)
    log.push(joined.done(), yield* queue.get())
    queue.taskDone()
    yield* joined
    log.push(queue.statistics().unfinished)
  })).toEqual([1, false, 'new', 0])
})
