import fc from 'fast-check'
import { type Coroutine, EventLoop, type Task, TimeoutError, VirtualHost, currentTask, moveOnAfter, sleep, timeout, use } from '../../lib/index.ts'
import { runs } from './thorough.ts'

/** How a task comes to a thing once: when, for how long, and with how much patience. */
export interface Visit {
  readonly before: number
  readonly hold: number
  readonly limit: number | null
  readonly scoped: boolean
}

/** What some tasks do, and before which events which of them are cancelled. */
export interface Schedule {
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
export interface Thing {
  /** What a client does each time; `turn` tells one time from all others. */
  visit(visit: Visit, turn: number, world: World): Coroutine<void>
  /** After each event. */
  check?(): void
  /** When nothing is ready to run: does nobody wait who need not? @param waits is there one that waits for this? */
  checkQuiet(waits: (what: string) => boolean): void
  /** At the end, when all have gone. @param left what is still waited for. */
  checkEnd(left: Set<string>): void
}

export class World {
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
export function check(holds: boolean, what: string): void {
  if (holds) return
  const slip = new Error(`broken: ${what}`)
  slips.push(slip)
  throw slip
}

export function holds(title: string, mayCancel: boolean, make: (schedule: Schedule) => Thing): void {
  it(title, () => {
    fc.assert(fc.property(schedules(mayCancel), schedule => { new World(schedule, make(schedule)).run() }),
      { numRuns: runs(300) })
  })
}

/** What at most so many are in at a time. */
export abstract class Room implements Thing {
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
