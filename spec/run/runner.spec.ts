import {
  type Coroutine, EventLoop, Runner, VirtualHost, getEventLoop, run, runMain, setEventLoop, setEventLoopPolicy, sleep, use,
} from '../../lib/index.ts'

afterEach(() => {
  setEventLoopPolicy(null)
  setEventLoop(new EventLoop({ host: new VirtualHost() }))
})

function* main(): Coroutine<string> {
  yield* sleep(5)
  return 'result'
}

describe('run()', () => {
  it('wants a coroutine, not its function', () => {
    expect(() => run(main as never)).toThrow('a coroutine was expected, got the function main. Call it: run(main())')
  })

  it('takes a host or a loop factory, not both', () => {
    expect(() => run(main(), { host: new VirtualHost(), loopFactory: () => new EventLoop() })).toThrow('exclude each other')
  })

  it('asks the policy for a loop when it is given neither', () => {
    const made: EventLoop[] = []
    setEventLoopPolicy({
      newEventLoop() {
        const loop = new EventLoop({ host: new VirtualHost() })
        made.push(loop)
        return loop
      },
    })
    expect([run(main()), made.length, made[0]?.isClosed()]).toEqual(['result', 1, true])
    expect(() => getEventLoop()).toThrow('There is no current event loop')
  })
})

describe('a Runner', () => {
  it('is closed at the end of its block, and then runs nothing', () => {
    const runner = new Runner({ host: new VirtualHost() })
    {
      using scoped = runner
      expect([scoped.run(main()), scoped.run(main()), scoped.getLoop().time()]).toEqual(['result', 'result', 10])
    }
    expect(() => runner.run(main())).toThrow('Runner is closed')
    runner.close()
  })

  it('is a context manager for a greenlet, which runs in no loop: its loop is made at the beginning, and closed at the end', () => {
    const runner = new Runner({ host: new VirtualHost() })
    const results = runMain(() => use(runner, function* (entered) {
      expect([entered === runner, getEventLoop() === runner.getLoop()]).toEqual([true, true])
      return [runner.run(main()), runner.run(main()), runner.getLoop().time()]
    }))
    expect(results).toEqual(['result', 'result', 10])
    expect(() => runMain(() => use(runner, function* () { /* never begun */ }))).toThrow('Runner is closed')
  })

  it('needs no loop to be closed', () => {
    new Runner().close()
    expect(getEventLoop().isClosed()).toBe(false)
  })
})
