import fc from 'fast-check'
import {
  Barrier, BoundedSemaphore, CapacityLimiter, Condition, type Coroutine, Event, EventLoop, LifoQueue, Lock,
  PriorityQueue, Queue,
  Semaphore, type Task, TimeoutError, VirtualHost, channel, currentTask, moveOnAfter, sleep, timeout, use,
} from '../../lib/index.ts'

/** How a task comes to a thing once: when, for how long, and with how much patience. */
interface Visit {
  readonly before: number
  readonly hold: number
  readonly limit: number | null
  readonly scoped: boolean
}

/** What some tasks do, and before which events which of them are cancelled. */
interface Schedule {
  readonly size: number
  readonly clients: readonly { readonly visits: readonly Visit[]; readonly tough: boolean }[]
  readonly cancels: readonly { readonly at: number; readonly who: number }[]
}

const schedules = (mayCancel: boolean): fc.Arbitrary<Schedule> => fc.record({
  size: fc.integer({ min: 1, max: 3 }),
  clients: fc.array(fc.record({
    visits: fc.array(fc.record({
      before: fc.nat(3),
      hold: fc.nat(3),
      limit: mayCancel ? fc.option(fc.nat(4)) : fc.constant(null),
      scoped: fc.boolean(),
    }), { minLength: 1, maxLength: 5 }),
    tough: fc.boolean(),
  }), { minLength: 2, maxLength: 8 }),
  cancels: mayCancel ? fc.array(fc.record({ at: fc.nat(80), who: fc.nat(7) }), { maxLength: 8 }) : fc.constant([]),
})

/** One that waits. It is excused when it is cancelled, and its turn has not come. */
class Ticket {
  constructor(readonly what: string, readonly since: number, readonly isExcused: () => boolean) {}
}

/** What is tried out. */
interface Thing {
  /** What a client does each time; `turn` tells one time from all others. */
  visit(visit: Visit, turn: number, world: World): Coroutine<void>
  /** After each event. */
  check?(): void
  /** When nothing is ready to run: does nobody wait who need not? @param waits is there one that waits for this? */
  checkQuiet(waits: (what: string) => boolean): void
  /** At the end, when all have gone. @param left what is still waited for. */
  checkEnd(left: Set<string>): void
}

class World {
  events = 0
  readonly tickets: Ticket[] = []
  private readonly host = new VirtualHost()
  private readonly loop = new EventLoop({ host: this.host })
  private readonly tasks: Task[]

  constructor(private readonly schedule: Schedule, private readonly thing: Thing) {
    let turns = 0
    this.tasks = schedule.clients.map(client => this.loop.createTask(this.client(client, () => turns++)))
  }

  run(): void {
    slips.length = 0
    for (;;) {
      for (const { at, who } of this.schedule.cancels) if (at === this.events) this.tasks[who]?.cancel()
      const { ran, ready, nextTimerAt } = this.loop.tick({ maxCallbacks: 1 })
      this.events += ran
      if (slips.length > 0) throw slips.pop() as Error
      this.thing.check?.()
      if (ready > 0) continue
      this.thing.checkQuiet(what => this.tickets.some(ticket => ticket.what === what && !ticket.isExcused()))
      if (nextTimerAt === null) break
      this.host.wait(nextTimerAt - this.loop.time())
    }
    this.thing.checkEnd(new Set(this.tickets.map(({ what }) => what)))
  }

  /** Wait for something. If it is served in order, who had to wait goes on after those that came before. */
  *wait<T>(what: string, wait: Coroutine<T>, inOrder = true): Coroutine<T> {
    const task = currentTask() as Task
    const { $scope: scope } = task
    const ticket = new Ticket(what, this.events, () => task.cancelling() > 0 || scope?.$cancels === true)
    this.tickets.push(ticket)
    let result: T
    try {
      result = yield* wait
    } catch (error) {
      this.tickets.splice(this.tickets.indexOf(ticket), 1)
      throw error
    }
    if (inOrder && ticket.since !== this.events) {
      const before = this.tickets.find(other => other.what === what && !other.isExcused())
      check(before === ticket || ticket.isExcused(), `${what}: first come, first served`)
    }
    this.tickets.splice(this.tickets.indexOf(ticket), 1)
    return result
  }

  private *client({ visits, tough }: Schedule['clients'][number], turn: () => number): Coroutine<void> {
    for (const visit of visits) {
      try {
        yield* sleep(visit.before)
        const stay = () => this.thing.visit(visit, turn(), this)
        if (visit.limit === null) yield* stay()
        else yield* use<unknown, void>(visit.scoped ? moveOnAfter(visit.limit) : timeout(visit.limit), stay)
      } catch (error) {
        if (error instanceof TimeoutError) continue
        if (!tough) throw error
        while ((currentTask()?.uncancel() ?? 0) > 0);
      }
    }
  }
}

/** What was found in the middle of a task, whose errors go nowhere. */
const slips: Error[] = []

/** `expect()` would take most of the time. */
function check(holds: boolean, what: string): void {
  if (holds) return
  const slip = new Error(`broken: ${what}`)
  slips.push(slip)
  throw slip
}

function holds(title: string, mayCancel: boolean, make: (schedule: Schedule) => Thing): void {
  it(title, () => {
    fc.assert(fc.property(schedules(mayCancel), schedule => { new World(schedule, make(schedule)).run() }),
      { numRuns: 300 })
  })
}

/** What at most so many are in at a time. */
abstract class Room implements Thing {
  private inside = 0

  constructor(private readonly size: number, private readonly isFree: () => boolean) {}

  protected abstract enter(turn: number): Coroutine<unknown>
  protected abstract leave(turn: number): void

  *visit({ hold }: Visit, turn: number, world: World): Coroutine<void> {
    yield* world.wait('to enter', this.enter(turn))
    this.inside++
    try {
      yield* sleep(hold)
    } finally {
      this.inside--
      this.leave(turn)
    }
  }

  check(): void { check(this.inside <= this.size, `${this.inside} are in, where there is room for ${this.size}`) }

  checkQuiet(waits: (what: string) => boolean): void {
    check(!waits('to enter') || this.inside === this.size, 'somebody waits, though there is room')
  }

  checkEnd(left: Set<string>): void {
    check(this.inside === 0 && this.isFree() && left.size === 0, 'all have gone')
  }
}

describe('whatever tasks do, and whenever they are cancelled,', () => {
  holds('a lock has one owner at most, is taken in order, and no wake-up is lost', true, () => {
    const lock = new Lock()
    return new class extends Room {
      enter() { return lock.acquire() }
      leave() { lock.release() }
    }(1, () => !lock.locked() && lock.toString() === '<Lock [unlocked, waiting:0]>')
  })

  holds('a semaphore lets no more in than it has room for, in order, and no wake-up is lost', true,
    ({ size, cancels }) => {
    const semaphore = new (cancels.length % 2 === 0 ? Semaphore : BoundedSemaphore)(size)
    return new class extends Room {
      enter() { return semaphore.acquire() }
      leave() { semaphore.release() }
    }(size, () => !semaphore.locked() && semaphore.toString().includes(`value:${size}, waiting:0`))
  })

  holds('a limiter lends no more tokens than it has, in order, and no wake-up is lost', true, ({ size }) => {
    const limiter = new CapacityLimiter(size)
    return new class extends Room {
      enter(turn: number) { return limiter.acquireOnBehalfOf(turn) }
      leave(turn: number) { limiter.releaseOnBehalfOf(turn) }
      override check() {
        super.check()
        check(limiter.borrowedTokens <= size && limiter.availableTokens >= 0, 'borrowed, or kept for somebody')
      }
    }(size, () => limiter.borrowedTokens === 0 && limiter.waiting === 0)
  })

  holds('an event leaves nobody waiting once it is set', true, () => {
    const event = new Event()
    return {
      *visit({ hold, before }, turn, world) {
        if (turn % 3 === 0) {
          event.set()
          if (before > 1) event.clear()
        } else if (turn % 3 === 1) {
          event.clear()
          yield* sleep(hold)
          event.set()
        } else {
          yield* world.wait('the event', event.wait())
        }
      },
      checkQuiet(waits) { check(!event.isSet() || !waits('the event'), 'somebody waits, though it is set') },
      checkEnd(left) { check(left.size === 0 || !event.isSet(), 'all have gone') },
    }
  })

  holds('a condition leaves nobody waiting for what is there', true, () => {
    const condition = new Condition()
    const items: number[] = []
    const got = new Set<number>()
    let owners = 0
    return {
      visit({ hold }, turn, world) {
        return use(condition, function* () {
          check(++owners === 1, 'one has the lock')
          try {
            if (turn % 2 === 0) {
              yield* sleep(hold)
              items.push(turn)
              condition.notify()
            } else if (items.length === 0) {
              owners--
              try {
                yield* world.wait('an item', condition.waitFor(() => items.length > 0), false)
              } finally {
                check(++owners === 1, 'one has the lock again')
              }
            }
            const item = turn % 2 === 0 ? undefined : items.shift()
            check(item === undefined || !got.has(item), 'each gets another one')
            if (item !== undefined) got.add(item)
          } finally {
            owners--
          }
        })
      },
      checkQuiet(waits) { check(!waits('an item') || items.length === 0 || condition.locked(),
        'somebody waits, though there is one') },
      checkEnd(left) { check(!condition.locked() && (left.size === 0 || items.length === 0), 'all have gone') },
    }
  })

  for (const mayCancel of [false, true]) {
    const title = mayCancel
      ? 'a barrier lets as many go on as are to come together' : 'or if none is, a barrier numbers those of a round'
    holds(title, mayCancel, ({ size }) => {
      const barrier = new Barrier(size)
      const numbers: number[] = []
      return {
        *visit(_visit, _turn, world) { numbers.push(yield* world.wait('the others', barrier.wait(), false)) },
        checkQuiet() {
          check(barrier.nWaiting < size, 'enough have come, and wait')
          check(numbers.length % size === 0 || mayCancel, 'all of a round go on')
        },
        checkEnd(left) {
          check(left.size === 0 || barrier.nWaiting > 0, 'only those wait who are too few')
          for (let i = 0; i + size <= numbers.length && !mayCancel; i += size) {
            const round = numbers.slice(i, i + size).sort((a, b) => a - b)
            check(round.every((number, j) => number === j), `each has a number of its own: ${round.join()}`)
          }
          check(numbers.every(number => number >= 0 && number < size), 'from nought to the number of parties')
        },
      }
    })
  }

  for (const kind of [Queue, LifoQueue, PriorityQueue]) {
    holds(`a ${kind.name} loses no item, doubles none, and leaves nobody waiting who need not`, true, ({ size }) => {
      const queue = new kind<number>(size)
      const put: number[] = []
      const got: number[] = []
      let done = 0
      return {
        *visit({ hold }, turn, world) {
          if (turn % 2 === 0) {
            yield* world.wait('room', queue.put(turn), false) // who does not wait may overtake
            put.push(turn)
          } else {
            got.push(yield* world.wait('an item', queue.get(), false))
            try {
              yield* sleep(hold)
            } finally {
              queue.taskDone()
              done++
            }
          }
        },
        check() {
          check(queue.qsize() <= size && put.length === got.length + queue.qsize(), 'each is in it, or has been got')
          if (kind === Queue) check(got.every((item, i) => item === put[i]),
            `they come in order: ${put.join()} and ${got.join()}`)
        },
        checkQuiet(waits) {
          check(!waits('room') || queue.full(), 'one waits with an item, though there is room')
          check(!waits('an item') || queue.empty(), 'one waits for an item, though there is one')
        },
        checkEnd(left) {
          while (!queue.empty()) got.push(queue.getNowait())
          check([...got].sort().join() === [...put].sort().join(), 'all that was put in came out')
          check(done === put.length || left.size === 0 || !left.has('an item') || !left.has('room'),
            'nobody waits for another')
        },
      }
    })
  }

  for (const mayCancel of [false, true]) {
    holds(`a channel ${mayCancel ? 'loses no value, and doubles none' : 'gives them in order, if none is'}`, mayCancel,
      ({ size }) => {
      const [sender, receiver] = channel<number>(size - 1)
      const tried: number[] = []
      const sent: number[] = []
      const received: number[] = []
      return {
        *visit(_visit, turn, world) {
          if (turn % 2 === 0) {
            tried.push(turn)
            yield* world.wait('to send', sender.send(turn))
            sent.push(turn)
          } else {
            received.push(yield* world.wait('to receive', receiver.receive()))
          }
        },
        check() {
          check(new Set(received).size === received.length, 'nothing is received twice')
          check(received.every(value => tried.includes(value)), 'what is received was sent')
          if (!mayCancel) check(received.every((value, i) => value === tried[i]),
            `in order: ${tried.join()} and ${received.join()}`)
        },
        checkQuiet(waits) {
          check(!waits('to send') || !waits('to receive'), 'one waits to send, and another to receive')
          check(!waits('to send') || sent.filter(value => !received.includes(value)).length >= size - 1 || mayCancel,
            'there is room')
        },
        checkEnd(left) {
          try {
            for (;;) received.push(receiver.receiveNowait())
          } catch { /* it is empty */ }
          check(sent.every(value => received.includes(value)), 'what was sent is received')
          check(!left.has('to receive') || sent.length <= received.length, 'nobody waits for what is there')
        },
      }
    })
  }
})
