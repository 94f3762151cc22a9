import { type Coroutine, EventLoop, ManualHost, type Trap, nextFrame, sleep, yieldFrom } from 'yieldfrom'

/** Scripts that reach for what is not theirs: they harm themselves, and the others go on. */
describe('a script', () => {
  const loopWithNeighbour = (log: string[]) => {
    const loop = new EventLoop({ host: new ManualHost() })
    const begin = (script: Coroutine<unknown>) => loop.createTask(script, { name: 'script' })
    const frames = (count: number) => {
      for (let i = 0; i < count; i++) for (const error of loop.frame({ dt: 1 }).errors) log.push(String(error).slice(0, 60))
    }
    const neighbour = () => loop.createTask(function* () {
      for (let i = 1; i <= 3; i++) {
        log.push(`neighbour ${i}`)
        yield* nextFrame()
      }
    }())
    return { loop, begin, frames, neighbour }
  }

  const first = (request: object) => (request as Iterable<Trap>)[Symbol.iterator]().next().value as Trap
  const tokens: [string, (loop: EventLoop) => Trap][] = [
    ['of a wait', loop => first(loop.createFuture())],
    ['of a delegation that has begun', () => first(yieldFrom(sleep(1)))],
  ]

  it.each(tokens)('that takes the token %s out of its request, and yields it later, has an error', (_, take) => {
    const log: string[] = []
    const { loop, begin, frames, neighbour } = loopWithNeighbour(log)
    begin(function* (): Coroutine<void> {
      const token = take(loop)
      try {
        yield* sleep(0) // which tells of the request that was made, and not yielded
      } catch (error) {
        log.push(String(error).includes('has no driver') ? 'told of the request' : String(error))
      }
      yield token
    }())
    neighbour()
    frames(3)
    expect(log).toEqual([
      'told of the request', 'neighbour 1', 'RuntimeError: a task yields nothing but requests, and this i', 'neighbour 2', 'neighbour 3',
    ])
  })

  it('that yields the token of a refusal is refused', () => {
    const log: string[] = []
    const { begin, frames, neighbour } = loopWithNeighbour(log)
    begin(function* (): Coroutine<void> {
      const delegation = yieldFrom(sleep(1))[Symbol.iterator]()
      const token = delegation.throw(new Error('passed on')).value as Trap
      try {
        yield* sleep(0) // which tells of the delegation
      } catch { /* as it should */ }
      yield token
    }())
    neighbour()
    frames(2)
    expect(log).toEqual(['neighbour 1', 'neighbour 2', 'ValueError: generator already executing'])
  })

  it('that calls abandon(), as if it were the host, is an error for the host, and the others go on in the next frame', () => {
    const log: string[] = []
    const { loop, begin, frames, neighbour } = loopWithNeighbour(log)
    neighbour()
    begin(function* () {
      loop.abandon('by a script')
      yield
    }())
    expect(() => loop.frame({ dt: 1 })).toThrow(expect.objectContaining({ code: 'ABANDONED_INSIDE' }))
    frames(3)
    expect(log.filter(line => line.startsWith('neighbour'))).toEqual(['neighbour 1', 'neighbour 2', 'neighbour 3'])
    expect(loop.isRunning()).toBe(false)
  })
})
