import fc from 'fast-check'
import { type Coroutine, LifoQueue, Queue, QueueFull, type Task, VirtualHost, channel, createTask, gather, getRunningLoop, run, sleep } from '../../lib/index.ts'

type Log = unknown[]

function story(main: (log: Log) => Coroutine<void>): Log {
  const log: Log = []
  run(main(log), { host: new VirtualHost() })
  return log
}

function* turns(count: number): Coroutine<void> { for (let i = 0; i < count; i++) yield }

/** asyncio's queue lets others overtake one that was woken and has not run yet (cpython 83055). */
describe('who waits longest at a queue goes next, and', () => {
  function* gets(log: Log, name: string, queue: Queue): Coroutine<void> { log.push([name, yield* queue.get()]) }

  function* puts(log: Log, queue: Queue, item: unknown): Coroutine<void> {
    yield* queue.put(item)
    log.push([item, 'is in'])
  }

  it('a newcomer whose turn comes before that of a woken getter waits behind it', () => {
    expect(story(function* (log) {
      const queue = new Queue()
      const a = createTask(gets(log, 'a', queue))
      yield
      const newcomer = createTask(gets(log, 'newcomer', queue))
      queue.putNowait('first')
      yield* a
      log.push(newcomer.done())
      queue.putNowait('second')
      yield* newcomer
    })).toEqual([['a', 'first'], false, ['newcomer', 'second']])
  })

  it('when the item of a woken getter is stolen, it keeps its place at the head of the line', () => {
    expect(story(function* (log) {
      const queue = new Queue()
      const [a, b] = [createTask(gets(log, 'a', queue)), createTask(gets(log, 'b', queue))]
      yield
      queue.putNowait('stolen')
      log.push(queue.getNowait())
      yield* turns(2)
      log.push(a.done(), b.done())
      queue.putNowait('first')
      queue.putNowait('second')
      yield* gather([a, b])
    })).toEqual(['stolen', false, false, ['a', 'first'], ['b', 'second']])
  })

  it('putNowait() does not take the room of those who wait in put(), nor of one that was woken', () => {
    expect(story(function* (log) {
      const queue = new Queue(1)
      queue.putNowait('there')
      const both = [createTask(puts(log, queue, 'a')), createTask(puts(log, queue, 'b'))]
      yield
      log.push(queue.getNowait())
      expect(() => { queue.putNowait('thief') }).toThrow(new QueueFull('the room is for the tasks that wait in put(). Write yield* queue.put(item)'))
      yield* turns(2)
      for (let i = 0; i < 2; i++) {
        log.push(yield* queue.get())
        yield* turns(2)
      }
      yield* gather(both)
    })).toEqual(['there', ['a', 'is in'], 'a', ['b', 'is in'], 'b'])
  })

  it('who comes back stands behind all who came before it, though the one right before it has gone', () => {
    expect(story(function* (log) {
      const queue = new Queue()
      const [a, b, c, d] = Array.from('abcd', name => createTask(gets(log, name, queue))) as [Task<void>, Task<void>, Task<void>, Task<void>]
      yield
      queue.putNowait(1) // wakes a
      queue.putNowait(2) // wakes b
      getRunningLoop().callSoon(() => { b.cancel() }) // it has come back by then, and c has not
      queue.putNowait(3) // wakes c
      log.push(queue.getNowait(), queue.getNowait(), queue.getNowait())
      yield* turns(2)
      for (const item of ['first', 'second', 'third']) queue.putNowait(item)
      yield* gather([a, c, d])
    })).toEqual([1, 2, 3, ['a', 'first'], ['c', 'second'], ['d', 'third']])
  })

  it('one that came back, and is woken again, goes before those that came later and were woken first', () => {
    expect(story(function* (log) {
      const queue = new Queue()
      const both = Array.from('ab', name => createTask(gets(log, name, queue)))
      yield
      queue.putNowait(1) // wakes a
      getRunningLoop().callSoon(() => { queue.putNowait('first') }) // a has come back by then, and b has not
      queue.putNowait(2) // wakes b
      log.push(queue.getNowait(), queue.getNowait())
      yield* turns(2)
      queue.putNowait('second')
      yield* gather(both)
    })).toEqual([1, 2, ['a', 'first'], ['b', 'second']])
  })

  it('one that was woken, cancelled, and asks again goes behind the one that it has made room for', () => {
    expect(story(function* (log) {
      const queue = new Queue()
      function* stubborn(): Coroutine<void> {
        try {
          yield* queue.get()
        } catch {
          log.push('cancelled')
        }
        yield* gets(log, 'a', queue)
      }
      const [a, b] = [createTask(stubborn()), createTask(gets(log, 'b', queue))]
      yield
      queue.putNowait('first')
      a.cancel()
      yield* b
      queue.putNowait('second')
      yield* a
    })).toEqual(['cancelled', ['b', 'first'], ['a', 'second']])
  })

  it('room for several is given to several, though only one was woken', () => {
    expect(story(function* (log) {
      const queue = new Queue(2)
      queue.putNowait(1)
      queue.putNowait(2)
      const waiting = createTask(puts(log, queue, 3))
      yield
      queue.getNowait()
      const newcomer = createTask(puts(log, queue, 4))
      queue.getNowait()
      yield* gather([waiting, newcomer])
      log.push(queue.qsize())
    })).toEqual([[3, 'is in'], [4, 'is in'], 2])
  })

  it('items for several are given to several, though only one was woken', () => {
    expect(story(function* (log) {
      const queue = new LifoQueue()
      const waiting = createTask(gets(log, 'a', queue))
      yield
      queue.putNowait(1)
      const newcomer = createTask(gets(log, 'b', queue))
      queue.putNowait(2)
      yield* gather([waiting, newcomer])
    })).toEqual([['a', 2], ['b', 1]])
  })

  const moves = fc.array(fc.constantFrom('get', 'put', 'turn', 'getNowait', 'putNowait'), { minLength: 1, maxLength: 60 })

  it.each(['Queue', 'channel'])('in a %s, at random: who asked earlier gets what was put in earlier', kind => {
    fc.assert(fc.property(moves, fc.integer({ min: 1, max: 3 }), (list, size) => {
      const got: number[] = [] // by the number of the getter
      const asked = { get: 0, put: 0 }
      run(function* (): Coroutine<void> {
        const queue = new Queue<number>(size)
        const [sender, receiver] = channel<number>(size)
        const ways = kind === 'Queue'
          ? { get: () => queue.get(), put: (n: number) => queue.put(n), getNowait: () => queue.getNowait(), putNowait: () => { queue.putNowait(-1) } }
          : { get: () => receiver.receive(), put: (n: number) => sender.send(n), getNowait: () => receiver.receiveNowait(), putNowait: () => { sender.sendNowait(-1) } }
        function* one(way: 'get' | 'put', n: number): Coroutine<void> {
          if (way === 'put') yield* ways.put(n)
          else got[n] = yield* ways.get()
        }
        for (const move of list) {
          if (move === 'turn') {
            yield
          } else if (move === 'get' || move === 'put') {
            createTask(one(move, asked[move]++))
          } else {
            try {
              ways[move]()
            } catch {
              // There is none, or no room.
            }
          }
        }
        yield* sleep(1)
      }(), { host: new VirtualHost() })
      const items = got.filter(item => item >= 0) // the others were put in by those who do not wait
      return items.every((item, i) => i === 0 || item > (items[i - 1] as number))
    }), { numRuns: 2000 })
  })
})

describe('who comes while another one has been let in and has not had its turn', () => {
  it('waits behind that one, and is let in by it: a putter', () => {
    expect(story(function* (log) {
      const queue = new Queue<string>(2)
      for (const item of ['tea', 'milk']) queue.putNowait(item)
      createTask(queue.put('first'))
      yield
      log.push(queue.getNowait(), queue.getNowait())
      yield* queue.put('second')
      log.push(queue.getNowait(), queue.getNowait())
    })).toEqual(['tea', 'milk', 'first', 'second'])
  })

  it('waits behind that one, and is let in by it: a getter', () => {
    expect(story(function* (log) {
      const queue = new Queue<string>()
      const first = createTask(queue.get())
      yield
      for (const item of ['tea', 'milk']) queue.putNowait(item)
      log.push(yield* queue.get(), yield* first)
    })).toEqual(['milk', 'tea'])
  })
})
