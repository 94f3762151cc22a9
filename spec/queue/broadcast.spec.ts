import { BREAK, broadcast, createTask, forEach, gather, moveOnAfter, sleep, use } from '../../lib/index.ts'
import { attempt, deadlock, slip, story } from '../support/stories.ts'

describe('a broadcast', () => {
  it('gives each value to all that subscribe, from when they do until it is closed', () => {
    expect(story(function* (log) {
      const news = broadcast<string>(3)
      log.push(yield* news.send('nobody hears it'))
      const [early, late] = [news.subscribe(), news.subscribe()]
      late.close()
      log.push(yield* news.send('tea'))
      const other = news.subscribe()
      log.push(yield* news.send('cake'), String(news), String(early))
      news.close()
      const listen = (name: string, from: typeof early) => forEach(from, function* (value) { log.push(`${name}: ${value}`) })
      log.push(yield* listen('early', early), yield* listen('other', other))
      log.push(yield* attempt(() => early.receive()), yield* attempt(() => news.send('milk')), slip(() => news.subscribe()))
    })).toEqual([
      0, 1, 2, '<broadcast [subscribers:2, waiting:0]>', '<subscriber [waiting values:2, missed:0]>',
      'early: tea', 'early: cake', 'other: cake', true, true,
      'EndOfChannel END_OF_CHANNEL: the broadcast is closed, and no value is left',
      'ClosedResourceError CLOSED: the broadcast is closed', 'ClosedResourceError CLOSED: the broadcast is closed',
    ])
  })

  it('has a sender wait until all have room; who waits longest goes first', () => {
    expect(story(function* (log) {
      const news = broadcast<number>(1)
      const [quick, slow] = [news.subscribe(), news.subscribe()]
      const sends = (value: number) => createTask(function* () { log.push(`${value} went to ${yield* news.send(value)}`) }())
      const tasks = [1, 2, 3].map(sends)
      yield
      log.push(yield* quick.receive())
      yield* sleep(1)
      log.push(slip(() => news.sendNowait(4)), yield* slow.receive())
      yield* sleep(1)
      log.push(yield* quick.receive())
      slow.close() // who does not listen any more keeps nobody waiting
      yield* gather(tasks)
      log.push(yield* quick.receive())
    })).toEqual([
      '1 went to 2', 1, 'WouldBlock WOULD_BLOCK: a subscriber has no room. Write yield* broadcast.send(value) to wait, or choose another overflow policy', 1,
      '2 went to 2', 2, '3 went to 1', 3,
    ])
  })

  it.each([['dropOldest', ['3 missed', 4, 5, '1 missed', 7, 8], 4], ['dropNewest', [1, 2, '3 missed', 6, 7], 4]] as const)(
    'tells a subscriber that lags how much it has missed: %s', (overflow, expected, missed) => {
      expect(story(function* (log) {
        const news = broadcast<number>(2, { overflow })
        const slow = news.subscribe({ onMissed: count => log.push(`${count} missed`) })
        for (const value of [1, 2, 3, 4, 5]) yield* news.send(value)
        log.push(yield* slow.receive(), yield* slow.receive())
        for (const value of [6, 7, 8]) news.sendNowait(value)
        log.push(yield* slow.receive(), yield* slow.receive(), `${slow.missed} in all`)
      })).toEqual([...expected, `${missed} in all`])
    })

  it('tells how much was missed before the end, too, and once', () => {
    expect(story(function* (log) {
      const news = broadcast<number>(2, { overflow: 'dropNewest' })
      const subscribe = (name: string) => news.subscribe({ onMissed: count => log.push(`${name} has missed ${count}`) })
      const [slow, gone, quick] = [subscribe('slow'), subscribe('gone'), subscribe('quick')]
      for (const value of [1, 2, 3, 4]) {
        yield* news.send(value)
        if (value < 4) log.push(yield* quick.receive())
      }
      news.close()
      gone.close()
      yield* forEach(slow, function* (value) { log.push(value) })
      for (const end of [slow, gone, quick, quick]) log.push(yield* attempt(() => end.receive()))
    })).toEqual([
      1, 2, 3, 1, 2, 'slow has missed 2', 'EndOfChannel END_OF_CHANNEL: the broadcast is closed, and no value is left',
      'ClosedResourceError CLOSED: this subscriber is closed', 4, 'EndOfChannel END_OF_CHANNEL: the broadcast is closed, and no value is left',
    ])
  })

  it('has statistics, and so has each subscriber', () => {
    expect(story(function* (log) {
      const news = broadcast<number>(2)
      log.push(news.statistics())
      const [slow, quick] = [news.subscribe(), news.subscribe()] as const
      for (const value of [1, 2]) yield* news.send(value)
      for (let i = 0; i < 2; i++) yield* quick.receive()
      const tasks = [createTask(news.send(3)), createTask(quick.receive())]
      yield
      log.push(news.statistics(), slow.statistics(), quick.statistics())
      yield* slow.receive()
      yield* gather(tasks)
      const drops = broadcast<number>(1, { overflow: 'dropOldest' })
      const subscriber = drops.subscribe()
      for (const value of [1, 2]) yield* drops.send(value)
      log.push(subscriber.statistics())
    })).toEqual([
      { currentBufferUsed: 0, maxBufferSize: 2, openReceiveStreams: 0, tasksWaitingSend: 0 },
      { currentBufferUsed: 2, maxBufferSize: 2, openReceiveStreams: 2, tasksWaitingSend: 1 },
      { currentBufferUsed: 2, maxBufferSize: 2, tasksWaitingReceive: 0, dropped: 0 },
      { currentBufferUsed: 0, maxBufferSize: 2, tasksWaitingReceive: 1, dropped: 0 },
      { currentBufferUsed: 1, maxBufferSize: 1, tasksWaitingReceive: 0, dropped: 1 },
    ])
  })

  it('by the policy error, gives a value to all or to none', () => {
    expect(story(function* (log) {
      const news = broadcast<number>(1, { overflow: 'error' })
      const [a, b] = [news.subscribe(), news.subscribe()]
      yield* news.send(1)
      yield* a.receive()
      log.push(yield* attempt(() => news.send(2)), yield* b.receive(), yield* news.send(3), yield* a.receive(), yield* b.receive())
    })).toEqual([
      'WouldBlock WOULD_BLOCK: a subscriber has no room. Write yield* broadcast.send(value) to wait, or choose another overflow policy', 1, 2, 3, 3,
    ])
  })

  it('passes the turn of a sender that is cancelled on', () => {
    expect(story(function* (log) {
      const news = broadcast<number>(1)
      const a = news.subscribe()
      yield* news.send(1)
      const [first, second] = [createTask(news.send(2)), createTask(news.send(3))]
      yield
      log.push(yield* a.receive())
      first.cancel() // it was let go on already
      log.push(yield* attempt(() => first), yield* second, yield* a.receive())
    })).toEqual([1, 'CancelledError CANCELLED: ', 1, 3])
  })

  it('ends for who waits when it is closed; closing twice does nothing', () => {
    expect(story(function* (log) {
      const news = broadcast<number>(Infinity)
      yield* use(news, function* () {
        const tasks = [news.subscribe(), news.subscribe()].map((subscriber, i) => createTask(use(subscriber, function* () {
          if (i === 0) subscriber.close()
          log.push(yield* attempt(() => subscriber.receive()))
          subscriber.close()
        })))
        const leaving = news.subscribe()
        tasks.push(createTask(function* () { log.push(yield* attempt(() => leaving.receive())) }()))
        yield* sleep(1)
        leaving.close()
        news.close()
        yield* gather(tasks)
        log.push(news.subscribers)
      })
      const full = broadcast<number>(1)
      full.subscribe().$give(0, 0)
      const task = createTask(full.send(1))
      yield
      full.close()
      log.push(yield* attempt(() => task))
    })).toEqual([
      'ClosedResourceError CLOSED: this subscriber is closed', 'ClosedResourceError CLOSED: this subscriber is closed',
      'EndOfChannel END_OF_CHANNEL: the broadcast is closed, and no value is left', 0, 'ClosedResourceError CLOSED: the broadcast is closed',
    ])
  })

  it('can be left early, and says who waits for what', () => {
    expect(story(function* (log) {
      const news = broadcast<number>(5)
      const a = news.subscribe()
      for (const value of [1, 2]) yield* news.send(value)
      log.push(yield* forEach(a, function* () { return BREAK }), yield* a.receive())
      yield* use(moveOnAfter(1), () => a.receive())
    })).toEqual([false, 2])
    expect(deadlock(function* () {
      const news = broadcast<number>(1)
      news.subscribe()
      yield* news.send(1)
      yield* news.send(2)
    })).toEqual(['main waits for <broadcast [subscribers:1, waiting:1]>, in <anonymous>'])
  })

  it('is made with room for one value at least', () => {
    expect([slip(() => broadcast(0)), slip(() => broadcast('1' as never))]).toEqual([
      'ValueError NO_ROOM: the size of a broadcast must be 1 or more: each subscriber needs room for a value',
      "TypeError NOT_A_NUMBER: broadcast() takes a number, not '1'",
    ])
  })
})
