import { type Coroutine, ReadWriteLock, createTask, gather, getRunningLoop, greenlet, sleep, use } from '../../lib/index.ts'
import { attempt, slip, story } from '../support/stories.ts'

function* reads(log: unknown[], lock: ReadWriteLock, name: string, ms: number): Coroutine<void> {
  yield* use(lock.read, function* () {
    log.push(`${getRunningLoop().time()} ${name} reads`)
    yield* sleep(ms)
    log.push(`${getRunningLoop().time()} ${name} has read`)
  })
}

function* writes(log: unknown[], lock: ReadWriteLock, name: string, ms: number): Coroutine<void> {
  yield* use(lock.write, function* () {
    log.push(`${getRunningLoop().time()} ${name} writes`)
    yield* sleep(ms)
    log.push(`${getRunningLoop().time()} ${name} has written`)
  })
}

describe('a ReadWriteLock', () => {
  it('lets many read, or one write; a writer waits for none that came later', () => {
    expect(story(function* (log) {
      const lock = new ReadWriteLock()
      yield* gather([reads(log, lock, 'a', 5), reads(log, lock, 'b', 3), writes(log, lock, 'c', 2), reads(log, lock, 'd', 1),
        reads(log, lock, 'e', 1), writes(log, lock, 'f', 1)])
      log.push(String(lock))
    })).toEqual([
      '0 a reads', '0 b reads', '3 b has read', '5 a has read', '5 c writes', '7 c has written', '7 d reads', '7 e reads',
      '8 d has read', '8 e has read', '8 f writes', '9 f has written', '<ReadWriteLock [unlocked, waiting:0]>',
    ])
  })

  it('says who reads, who writes, and how many wait', () => {
    expect(story(function* (log) {
      const lock = new ReadWriteLock()
      const names = () => {
        const { readers, writer, ...waiting } = lock.statistics()
        log.push(String(lock), [readers.map(task => task.getName()), writer?.getName(), ...Object.values(waiting)], [lock.read.locked(), lock.write.locked()])
      }
      const start = (name: string, body: Coroutine<void>) => createTask(body, { name })
      const tasks = [start('a', reads([], lock, 'a', 2)), start('b', writes([], lock, 'b', 2)), start('c', reads([], lock, 'c', 9)),
        start('d', writes([], lock, 'd', 9))]
      yield* sleep(1)
      names()
      yield* sleep(2)
      names()
      tasks[3]?.cancel()
      names() // it does not wait any more, though its turn has not come
      yield* gather(tasks, { returnExceptions: true })
      names()
    })).toEqual([
      '<ReadWriteLock [reading:1, waiting:3]>', [['a'], undefined, 1, 2], [true, false],
      '<ReadWriteLock [writing, waiting:2]>', [[], 'b', 1, 1], [false, true],
      '<ReadWriteLock [writing, waiting:1]>', [[], 'b', 1, 0], [false, true],
      '<ReadWriteLock [unlocked, waiting:0]>', [[], undefined, 0, 0], [false, false],
    ])
  })

  it('goes on to the next when one that waits is cancelled, also in the turn in which it was let go on', () => {
    expect(story(function* (log) {
      const lock = new ReadWriteLock()
      yield* lock.read.acquire()
      const writer = createTask(writes(log, lock, 'w', 1))
      const reader = createTask(reads(log, lock, 'r', 1))
      yield* sleep(1)
      writer.cancel()
      yield* gather([writer, reader], { returnExceptions: true }) // the reader need not wait for the writer any more
      const [late, last] = [createTask(writes(log, lock, 'late', 1)), createTask(writes(log, lock, 'last', 1))]
      yield* sleep(1)
      lock.read.release()
      late.cancel() // it has the lock, and does not know yet
      log.push(yield* attempt(() => late))
      yield* last
      const [x, y] = [createTask(use(lock.write, () => sleep(1))), createTask(reads(log, lock, 'y', 1))]
      yield
      x.cancel()
      y.cancel()
      log.push(yield* attempt(() => y), String(lock))
    })).toEqual(['1 r reads', '2 r has read', '3 last writes', 'CancelledError CANCELLED: ', '4 last has written',
      'CancelledError CANCELLED: ', '<ReadWriteLock [unlocked, waiting:0]>'])
  })

  it('is no trap: who has it already would wait for itself, and who has it not cannot give it back', () => {
    expect(story(function* (log) {
      const lock = new ReadWriteLock()
      yield* use(lock.read, function* () {
        log.push(yield* attempt(() => lock.write.acquire()), yield* attempt(() => lock.read.acquire()), slip(() => { lock.write.release() }))
      })
      yield* use(lock.write, function* () { log.push(yield* attempt(() => lock.read.acquire())) })
      log.push(slip(() => { lock.read.release() }))
      getRunningLoop().callSoon(() => { log.push(slip(() => { greenlet(() => lock.read.acquire()).resume() })) })
      yield* sleep(1)
    })).toEqual([
      'RuntimeError ACQUIRED_TWICE: this task reads already, and would wait for itself. Give the ReadWriteLock back first',
      'RuntimeError ACQUIRED_TWICE: this task reads already, and would wait for itself. Give the ReadWriteLock back first',
      'RuntimeError NOT_ACQUIRED: this task does not write: it has not taken the ReadWriteLock for that',
      'RuntimeError ACQUIRED_TWICE: this task writes already, and would wait for itself. Give the ReadWriteLock back first',
      'RuntimeError NOT_ACQUIRED: this task does not read: it has not taken the ReadWriteLock for that',
      'RuntimeError NO_TASK: a ReadWriteLock belongs to a task. Take it, and give it back, in a coroutine that a task runs',
    ])
  })
})
