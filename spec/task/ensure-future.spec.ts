import {
  type Awaitable, type Coroutine, EventLoop, Future, Task, VirtualHost, coroutine, ensureFuture, getRunningLoop, run,
  setEventLoop, sleep, suspend,
} from '../../lib/index.ts'

const virtual = () => ({ host: new VirtualHost() })
const quiet = () => new EventLoop({ ...virtual(), logger: () => undefined })
const error = (name: string, code: string, message: string) => expect.objectContaining({ name, code, message })

function* brew(): Coroutine<string> { return yield* sleep(1, 'tea') }

describe('ensureFuture()', () => {
  afterEach(() => { setEventLoop(null) })

  it('gives a future or a task as it is, and makes a task of whatever else can be awaited', () => {
    class Later implements Awaitable<string> {
      *[Symbol.iterator](): Coroutine<string> { return yield* sleep(1, 'later') }
    }
    function* main(): Coroutine<unknown[]> {
      const loop = getRunningLoop()
      const [future, task] = [loop.createFuture(), loop.createTask(brew())]
      const log: unknown[] = [ensureFuture(future) === future, ensureFuture(task) === task]
      for (const awaitable of [
        brew(), coroutine(brew)(), sleep(1, 'slept'), sleep(0, 'passed'), suspend(resume => { resume() }), new Later(),
      ]) {
        const made = ensureFuture<unknown>(awaitable)
        log.push([made instanceof Task, made.getLoop() === loop, yield* made])
      }
      return log
    }
    expect(run(main(), virtual())).toEqual([
      true, true, ...['tea', 'tea', 'slept', 'passed', undefined, 'later'].map(result => [true, true, result]),
    ])
  })

  it('takes the loop that it is given, else that of the future, else the one that runs or was chosen', () => {
    const [given, chosen] = [quiet(), quiet()]
    setEventLoop(chosen)
    const of = given.createFuture()
    const futures = [ensureFuture(brew(), { loop: given }), ensureFuture(of), ensureFuture(brew())]
    expect(futures.map(future => future.getLoop() === given)).toEqual([true, true, false])
    expect(futures.map(future => future.getLoop() === chosen)).toEqual([false, false, true])
    expect(() => ensureFuture(of, { loop: chosen })).toThrow(error('ValueError', 'OTHER_LOOP',
      'The future belongs to a different loop than the one specified as the loop argument. ' +
      'Make it in the coroutine that is run'))
  })

  it.each<[string, unknown]>([
    ['a list', [sleep(1)]], ['text', 'text'], ['a number', 5], ['an object', {}], ['a function', brew],
  ])('is refused with %s, and no task is made', (_, what) => {
    const loop = quiet()
    expect(() => ensureFuture(what as Coroutine<void>, { loop }))
      .toThrow(expect.objectContaining({ name: 'TypeError', code: 'NOT_AWAITABLE' }))
    expect(loop.report()).toEqual([])
  })

  it('takes a subclass of Future for a future, and of Task for a task', () => {
    class Order extends Future<string> {}
    class Job extends Task<string> {}
    const loop = quiet()
    const [order, job] = [new Order({ loop }), new Job(brew(), { loop })]
    expect([ensureFuture(order) === order, ensureFuture(job) === job]).toEqual([true, true])
  })
})
