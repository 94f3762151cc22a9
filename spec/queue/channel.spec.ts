import {
  type Coroutine, EventLoop, type Receiver, channel, createTask, forEach, gather, greenlet, run, sleep, use, wait,
} from '../../lib/index.ts'
import { attempt, slip, story, virtual } from '../support/stories.ts'

const closed = 'ClosedResourceError CLOSED: this end of the channel is closed'
const broken = 'BrokenResourceError BROKEN: all receivers of the channel are closed: nobody would receive the value'
const end = 'EndOfChannel END_OF_CHANNEL: all senders of the channel are closed, and it is empty'
const full = 'WouldBlock WOULD_BLOCK: the channel is full. Write yield* sender.send(value) to wait'
const empty = 'WouldBlock WOULD_BLOCK: the channel is empty. Write yield* receiver.receive() to wait'

/** All that comes out, and what it ends with. */
function* rest<T>(receiver: Receiver<T>): Coroutine<unknown[]> {
  const values: unknown[] = []
  for (;;) {
    const value = yield* attempt(() => receiver.receive())
    values.push(value)
    if (typeof value === 'string' && value.includes(': ')) return values
  }
}

describe('a channel', () => {
  it('is made of a size that is whole and not negative', () => {
    const bad = (what: unknown) => slip(() => channel(what as never))
    const negative = 'ValueError NEGATIVE: the size of a channel must not be negative'
    expect([-1, NaN, '1', undefined, null].map(bad)).toEqual([
      negative, ...['NaN', "'1'", 'undefined', 'null'].map(what => `TypeError NOT_A_NUMBER: channel() takes a number, not ${what}`),
    ])
    expect(bad(1.5)).toBe('TypeError NOT_WHOLE: channel() takes a whole number, not 1.5')
    const [sender, receiver] = channel<number>(Infinity)
    for (let i = 0; i < 1000; i++) sender.sendNowait(i)
    expect([receiver.receiveNowait(), receiver.receiveNowait()]).toEqual([0, 1])
  })

  it('holds as many values as it has room for, in the order they were sent', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<number>(2)
      for (const i of [1, 2]) sender.sendNowait(i)
      log.push(slip(() => { sender.sendNowait(3) }))
      const senders = [3, 4, 5].map(i => createTask(sender.send(i)))
      yield
      log.push(slip(() => { sender.sendNowait(6) }), receiver.receiveNowait(), slip(() => { sender.sendNowait(6) }))
      yield
      log.push(senders.map(task => task.done()))
      for (let i = 0; i < 4; i++) log.push(yield* receiver.receive())
      log.push(slip(() => receiver.receiveNowait()))
      yield* gather(senders)
    })).toEqual([full, full, 1, full, [true, false, false], 2, 3, 4, 5, empty])
  })

  it('of no size at all brings senders and receivers together', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<string>(0)
      log.push(slip(() => { sender.sendNowait('tea') }), slip(() => receiver.receiveNowait()))
      function* sends(value: string): Coroutine<void> {
        yield* sender.send(value)
        log.push(`${value} is sent`)
      }
      const sending = ['tea', 'milk'].map(value => createTask(sends(value)))
      yield* sleep(5)
      log.push(receiver.receiveNowait(), yield* receiver.receive())
      yield* gather(sending)
      const receiving = [createTask(receiver.receive()), createTask(receiver.receive())]
      yield
      sender.sendNowait('cake')
      yield* sends('pie')
      log.push(yield* gather(receiving))
    })).toEqual([full, empty, 'tea', 'milk', 'tea is sent', 'milk is sent', 'pie is sent', ['cake', 'pie']])
  })

  it('comes to an end when its last sender is closed, and what is in it is received', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<number>(5)
      const other = sender.clone()
      const waiting = createTask(rest(receiver.clone()))
      yield
      sender.close()
      sender.close()
      log.push(slip(() => { sender.sendNowait(1) }), yield* attempt(() => sender.send(1)), slip(() => sender.clone()))
      other.sendNowait(2)
      other.sendNowait(3)
      other.close()
      log.push(yield* waiting, yield* rest(receiver), slip(() => receiver.receiveNowait()))
    })).toEqual([closed, closed, closed, [2, 3, end], [end], end])
  })

  it('is broken when its last receiver is closed, also for those that wait to send', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<number>(1)
      const other = receiver.clone()
      sender.sendNowait(1)
      const sending = createTask(attempt(() => sender.send(2)))
      yield
      receiver.close()
      receiver.close()
      log.push(slip(() => receiver.receiveNowait()), yield* attempt(() => receiver.receive()),
        slip(() => receiver.clone()))
      log.push(sending.done())
      other.close()
      log.push(yield* sending, slip(() => { sender.sendNowait(3) }), yield* attempt(() => sender.send(3)))
      log.push(String(slip(() => { sender.close() })))
    })).toEqual([closed, closed, closed, false, broken, broken, broken, 'undefined'])
  })

  it('ends the waits of an end that is closed, and of no other', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<string>(0)
      const [other, another] = [sender.clone(), receiver.clone()]
      const sending = [createTask(attempt(() => sender.send('tea'))), createTask(attempt(() => other.send('milk')))]
      yield
      sender.close()
      log.push(yield* sending[0] as NonNullable<typeof sending[0]>, yield* receiver.receive())
      yield* gather(sending)
      const receiving = [createTask(attempt(() => receiver.receive())), createTask(attempt(() => another.receive()))]
      yield
      receiver.close()
      yield
      other.sendNowait('cake')
      log.push(yield* gather(receiving))
    })).toEqual([closed, 'milk', [closed, 'cake']])
  })

  it('tells one that waits what came first, when both ends are closed', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<string>(0)
      const sending = createTask(attempt(() => sender.send('tea')))
      yield
      receiver.close()
      sender.close()
      log.push(yield* sending)
      const [from, to] = channel<string>(0)
      const receiving = createTask(attempt(() => to.receive()))
      yield
      from.close()
      to.close()
      log.push(yield* receiving)
    })).toEqual([broken, end])
  })

  it('gives the value of a receiver that is cancelled before its turn to the next', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<string>(0)
      const [a, b] = [createTask(receiver.receive()), createTask(receiver.receive())]
      yield
      sender.sendNowait('tea')
      a.cancel()
      log.push(yield* b, a.cancelled())
      const c = createTask(receiver.receive())
      yield
      c.cancel() // with nothing in its hand
      yield* wait([c])
      log.push(slip(() => { sender.sendNowait('milk') }))
    })).toEqual(['tea', true, full])
  })

  it('keeps what cancelled receivers give back, before the rest and in the order it was sent', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<number>(2)
      const tasks = [1, 2, 3].map(() => createTask(receiver.receive()))
      yield
      for (const i of [1, 2, 3, 4, 5]) sender.sendNowait(i)
      for (const task of tasks) task.cancel()
      yield* wait(tasks)
      const late = createTask(sender.send(6))
      yield
      log.push(slip(() => { sender.sendNowait(7) }), late.done())
      for (let i = 0; i < 6; i++) log.push(receiver.receiveNowait())
      yield* late
    })).toEqual([full, false, 1, 2, 3, 4, 5, 6])
  })

  it('lets no more in than there is room for, after something was given back', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<number>(0)
      const task = createTask(receiver.receive())
      yield
      sender.sendNowait(1)
      task.cancel()
      const sending = [2, 3].map(i => createTask(sender.send(i)))
      yield* wait([task])
      log.push(receiver.receiveNowait())
      yield* sleep(1)
      log.push(sending.map(each => each.done()), receiver.receiveNowait(), receiver.receiveNowait())
      yield* gather(sending)
    })).toEqual([1, [false, false], 2, 3])
  })

  it('does not come to its end before that is received what a cancelled receiver gave back', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<string>(0)
      const [a, b] = [createTask(receiver.receive()), createTask(rest(receiver))]
      yield
      sender.sendNowait('tea')
      sender.close()
      a.cancel()
      log.push(yield* b)
    })).toEqual([['tea', end]])
  })

  it('forgets what is given back when nobody is left to receive it', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<string>(0)
      const task = createTask(receiver.receive())
      yield
      sender.sendNowait('tea')
      task.cancel()
      receiver.close()
      yield* wait([task])
      log.push(task.cancelled(), slip(() => { sender.sendNowait('milk') }))
    })).toEqual([true, broken])
  })

  it('has a value that was sent when its sender is cancelled too late', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<string>(0)
      const [early, late] = ['tea', 'milk'].map(value => createTask(sender.send(value)))
      yield
      early?.cancel()
      log.push(receiver.receiveNowait())
      late?.cancel()
      yield* sleep(1)
      log.push(early?.cancelled(), late?.cancelled(), slip(() => receiver.receiveNowait()))
    })).toEqual(['milk', true, true, empty])
  })

  it('is closed at either end by use()', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<number>(0)
      const producer = createTask(use(sender, function* (given) {
        log.push(given === sender)
        for (let i = 0; i < 3; i++) yield* given.send(i)
      }))
      yield* use(receiver, function* (given) {
        log.push(given === receiver, yield* rest(given))
      })
      yield* producer
      log.push(slip(() => receiver.receiveNowait()), slip(() => { sender.sendNowait(1) }))
      const [other] = channel<number>(5)
      log.push(yield* attempt(() => use(other, function* () { throw new RangeError('out') })),
        slip(() => { other.sendNowait(5) }))
    })).toEqual([true, true, [0, 1, 2, end], closed, closed, 'RangeError undefined: out', closed])
  })

  it('is a stream: forEach() goes on to the end, and passes other errors on', () => {
    expect(story(function* (log) {
      const [sender, receiver] = channel<string>(5)
      for (const value of ['a', 'b']) sender.sendNowait(value)
      sender.close()
      log.push(yield* forEach(receiver, function* (value) { log.push(value) }),
        yield* forEach(receiver, function* () { log.push('never') }))
      receiver.close()
      log.push(yield* attempt(() => forEach(receiver, function* () { log.push('never') })))
    })).toEqual(['a', 'b', true, true, closed])
  })

  it('may connect greenlets of nobody, and plain code', () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    const [sender, receiver] = channel<number>(0)
    const killed = greenlet(() => receiver.receive())
    loop.callSoon(() => {
      killed.resume()
      greenlet(function* () { for (;;) log.push(yield* receiver.receive()) }).resume()
      sender.sendNowait(1)
      killed.kill() // with 1 in its hand, which goes to the other
      sender.close()
    })
    expect(slip(() => { while (loop.tick().ready > 0); })).toMatch('EndOfChannel')
    expect(log).toEqual([1])
    expect(run(channel(1)[0].send(5), virtual())).toBeUndefined()
  })
})

describe('a value that a receiver has taken from a sender who waits', () => {
  it('is not lost when something is thrown into the sender before its turn', () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    const [sender, receiver] = channel<string>(0, { onUndelivered: value => log.push(`${value} is lost`) })
    function* sends(value: string): Coroutine<void> {
      try {
        yield* sender.send(value)
      } catch (error) {
        log.push(`${value}: ${String(error)}`)
      }
    }
    const [taken, left] = [loop.createTask(sends('taken')), loop.createTask(sends('left'))]
    loop.tick()
    log.push(receiver.receiveNowait())
    for (const task of [taken, left]) task.throwNow(new Error('now'))
    log.push(receiver.statistics().tasksWaitingSend)
    expect(log).toEqual(['taken', 'taken: Error: now', 'left is lost', 'left: Error: now', 0])
  })
})

it('an end tells whether it is closed', () => {
  const [sender, receiver] = channel<number>(2)
  receiver.close()
  expect([String(sender), String(receiver)]).toEqual([
    '<Sender of <channel [0/2, senders:1, receivers:0]>>', '<Receiver closed of <channel [0/2, senders:1, receivers:0]>>',
  ])
})
