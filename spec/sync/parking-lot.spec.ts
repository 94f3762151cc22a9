import { type Coroutine, EventLoop, ParkingLot, createTask, gather, greenlet, run } from '../../lib/index.ts'
import { attempt, deadlock, slip, story, virtual } from '../support/stories.ts'

/** Park there, and log what comes of it. */
function* guest(log: unknown[], lot: ParkingLot, name: string): Coroutine<void> {
  try {
    yield* lot.park()
    log.push(`${name} goes on`)
  } catch (error) {
    log.push(`${name}: ${(error as Error).name}`)
    throw error
  }
}

describe('a ParkingLot', () => {
  it('lets go on who came first, as many as are asked for, and says how many they were', () => {
    expect(story(function* (log) {
      const lot = new ParkingLot()
      const guests = ['a', 'b', 'c', 'd', 'e'].map(name => createTask(guest(log, lot, name)))
      log.push(lot.unpark())
      yield
      log.push(lot.waiting, String(lot), lot.unpark(), lot.unpark(2), lot.unpark(0), lot.unpark(-1), lot.waiting)
      yield
      log.push(lot.unparkAll(), lot.unparkAll(), lot.waiting, String(lot))
      yield* gather(guests)
    })).toEqual([
      0, 5, '<ParkingLot [waiting:5]>', 1, 2, 0, 0, 2, 'a goes on', 'b goes on', 'c goes on', 2, 0, 0,
      '<ParkingLot [waiting:0]>', 'd goes on', 'e goes on',
    ])
  })

  it('gives the wake-up of one that is cancelled before its turn to the next', () => {
    expect(story(function* (log) {
      const lot = new ParkingLot()
      const [a, b] = ['a', 'b', 'c', 'd'].map(name => createTask(guest(log, lot, name)))
      yield
      lot.unpark()
      a?.cancel() // too late for the lot: it let a go on
      b?.cancel() // and b waits no more
      log.push(lot.waiting)
      yield
      yield
      log.push(lot.waiting, lot.unpark())
      yield
    })).toEqual([2, 'a: CancelledError', 'b: CancelledError', 'c goes on', 1, 1, 'd goes on'])
  })

  it('gives it to the next of the lot where the one was moved meanwhile', () => {
    expect(story(function* (log) {
      const [here, there] = [new ParkingLot(), new ParkingLot()]
      const moved = createTask(guest(log, here, 'moved'))
      createTask(guest(log, here, 'of here'))
      yield
      here.repark(there)
      createTask(guest(log, there, 'of there'))
      yield
      there.unpark()
      moved.cancel()
      yield
      yield
      log.push(here.waiting, there.waiting, here.unpark())
      yield
    })).toEqual(['moved: CancelledError', 'of there goes on', 1, 0, 1, 'of here goes on'])
  })

  it('can move those that wait to the end of another one', () => {
    expect(story(function* (log) {
      const [here, there] = [new ParkingLot(), new ParkingLot({ toString: () => 'the other side' })]
      const [, b] = ['a', 'b', 'c', 'd', 'e'].map(name => createTask(guest(log, here, name)))
      createTask(guest(log, there, 'x'))
      yield
      b?.cancel()
      log.push(here.repark(there, 2), here.repark(here), here.waiting, there.waiting, String(there))
      log.push(here.reparkAll(there), here.repark(there), here.waiting, there.waiting, there.unpark(3))
      yield
      log.push(there.unparkAll())
      yield
    })).toEqual([
      2, 0, 2, 3, 'the other side', 2, 0, 0, 5, 3, 'b: CancelledError', 'x goes on', 'a goes on', 'c goes on', 2,
      'd goes on',
      'e goes on',
    ])
  })

  it('is left by one that was moved, and is cancelled there', () => {
    expect(story(function* (log) {
      const [here, there] = [new ParkingLot(), new ParkingLot()]
      const [, , c] = ['a', 'b', 'c', 'd'].map(name => createTask(guest(log, here, name)))
      yield
      here.repark(there, 3)
      c?.cancel()
      log.push(here.waiting, there.waiting)
      yield
      log.push(there.unpark(5), here.unpark(5))
      yield
    })).toEqual([1, 2, 'c: CancelledError', 2, 1, 'a goes on', 'b goes on', 'd goes on'])
  })

  it('belongs to the loop in which somebody waits there first', () => {
    const lot = new ParkingLot()
    const [first, second] = [new EventLoop(virtual()), new EventLoop(virtual())]
    first.createTask(lot.park())
    first.tick()
    const other = second.createTask(attempt(() => lot.park()))
    second.tick()
    expect([other.result(), lot.unpark()]).toEqual([
      'RuntimeError OTHER_LOOP: <ParkingLot [waiting:1]> is bound to a different event loop. Make one for each loop', 1,
    ])
    first.tick()
    expect([slip(() => run(lot.park(), virtual())), first.report()]).toEqual([expect.stringMatching('OTHER_LOOP'), []])
  })

  it('is no place for code that no loop runs', () => {
    const lot = new ParkingLot()
    const parked = greenlet(() => lot.park())
    expect([slip(() => parked.resume()), lot.waiting]).toEqual(['RuntimeError NO_LOOP: no running event loop. Write loop.createTask(coroutine), or do it in a coroutine that run() runs', 0])
  })

  it('has places for greenlets too; what is thrown into one of them takes it out', () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    const lot = new ParkingLot()
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(name => greenlet(() => guest(log, lot, name)))
    loop.callSoon(() => {
      for (const g of [a, b, c, d]) g?.resume()
      a?.kill()
      log.push(lot.waiting, lot.unpark())
      b?.kill() // with the wake-up in its hand, which is c's now
      log.push(lot.waiting)
    })
    loop.tick()
    loop.tick()
    expect(log).toEqual(['a: GreenletExit', 3, 1, 'b: GreenletExit', 1, 'c goes on'])
  })

  it('is what a report says they wait for, or its owner is', () => {
    const owner = { toString: () => 'the end of the night' }
    function* main(): Coroutine<void> {
      createTask(new ParkingLot().park(), { name: 'first' })
      createTask(new ParkingLot(owner).park(), { name: 'second' })
      yield* new ParkingLot().park()
    }
    expect(deadlock(main)).toEqual([
      'main waits for <ParkingLot [waiting:1]>, in main', 'first waits for <ParkingLot [waiting:1]>, in park',
      'second waits for the end of the night, in park',
    ])
  })
})
