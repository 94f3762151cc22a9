import vm from 'node:vm'
import { type Coroutine, EventLoop, ManualHost, type Task, sleep } from '../../lib/index.ts'
import { tickOfGame } from '../../lib/engine/screeps/index.ts'

/** As `Game` of Screeps: the server counts ticks, and the processor time of each. */
function server(limit: number) {
  const log: unknown[] = []
  const used = { time: 0 }
  const game = { time: 5000, cpu: { limit, getUsed: () => used.time } }
  const loop = new EventLoop({ host: new ManualHost(game.time), logger: () => undefined })
  /** The next game tick, in which the engine itself has taken some time already. */
  const nextTick = (cost = 0): void => {
    game.time++
    used.time = cost
  }
  /** A script that takes so much time in each tick. */
  function* works(name: string, cost: number): Coroutine<void> {
    for (;;) {
      log.push(`${game.time}: ${name}`)
      used.time += cost
      yield* sleep(1)
    }
  }
  return { log, game, loop, nextTick, works }
}

/** What the server does when a tick takes too long: nothing of it goes on, not even a `finally`. */
function tornOff(tick: () => unknown): string {
  try {
    return String(vm.runInNewContext('tick()', { tick }, { timeout: 50 }))
  } catch (error) {
    return String(error)
  }
}

describe('tickOfGame()', () => {
  it('counts time in game ticks', () => {
    const { log, game, loop, nextTick } = server(20)
    loop.createTask(function* (): Coroutine<void> {
      for (const ticks of [1, 2, 1]) {
        log.push(game.time)
        yield* sleep(ticks)
      }
      log.push(`over at ${loop.time()}`)
    }())
    for (let i = 0; i < 6; i++) {
      nextTick()
      tickOfGame(loop, game)
    }
    expect(log).toEqual([5001, 5002, 5004, 'over at 5005'])
  })

  it('ends at the limit of the processor, less what is to be left for others, and says who has spent it', () => {
    const { log, game, loop, nextTick, works } = server(20)
    for (const name of ['a', 'b', 'c']) loop.createTask(works(name, 8), { name })
    for (const [cost, options] of [[0, {}], [4, {}], [0, { spare: 10 }], [25, {}], [0, { budget: Infinity }]] as const) {
      nextTick(cost)
      const { overran, ready } = tickOfGame(loop, game, options)
      log.push(`${(overran as Task | null)?.getName() ?? 'nobody'} is over, ${ready} left`)
    }
    expect(log).toEqual([
      '5001: a', '5001: b', '5001: c', 'c is over, 0 left',
      '5002: a', '5002: b', 'b is over, 1 left',
      '5003: c', '5003: a', 'a is over, 1 left',
      '5004: b', 'b is over, 2 left',
      '5005: c', '5005: a', '5005: b', 'nobody is over, 0 left',
    ])
  })

  it('blames nobody when the tick was torn off while nobody had the turn', () => {
    const { log, game, loop, nextTick, works } = server(20)
    loop.createTask(works('a', 1), { name: 'a' })
    loop.createTask(works('b', 1), { name: 'b' })
    nextTick()
    let asked = 0
    const endless = { ...game, cpu: { limit: 20, getUsed(): number { for (; ++asked > 3;); return 0 } } }
    log.push(tornOff(() => tickOfGame(loop, endless)))
    nextTick()
    log.push(tickOfGame(loop, game).errors)
    expect(log).toEqual(['5001: a', 'Error: Script execution timed out after 50ms', '5002: b', '5002: a', []])
  })

  it('ends who had the turn when the server tore a tick off, and the others go on', () => {
    const { log, game, loop, nextTick, works } = server(20)
    loop.createTask(works('patient', 1))
    loop.createTask(function* (): Coroutine<void> {
      try {
        for (;;);
      } finally {
        log.push('never')
      }
    }(), { name: 'greedy' })
    loop.createTask(works('late', 1))
    nextTick()
    log.push(tornOff(() => tickOfGame(loop, game)))
    for (let i = 0; i < 2; i++) {
      nextTick()
      const { errors, failed } = tickOfGame(loop, game)
      log.push(...errors.map((error, at) => `${(failed[at] as Task).getName()}: ${String(error)}`))
    }
    expect(log).toEqual([
      '5001: patient', 'Error: Script execution timed out after 50ms',
      '5002: late', '5002: patient', 'greedy: RuntimeError: abandoned in the middle of its turn: the time limit of the last tick',
      '5003: late', '5003: patient',
    ])
  })

  it('gives the errors of scripts to the exception handler, unless somebody else takes them', () => {
    const { log, game, loop, nextTick } = server(20)
    loop.setExceptionHandler((_loop, { message, exception }) => { log.push(`${message}: ${String(exception)}`) })
    for (const options of [{}, { errors: 'collect' }] as const) {
      loop.createTask(function* (): Coroutine<void> { throw new Error('x') }())
      nextTick()
      log.push(tickOfGame(loop, game, options).errors.map(String))
    }
    loop.close()
    expect(log).toEqual(['a script has failed: Error: x', ['Error: x'], ['Error: x']])
  })
})
