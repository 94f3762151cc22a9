import { EventLoop, NodeHost, callSoonThreadsafe, getRunningLoop, runCoroutineThreadsafe, sleep, wrapFuture } from '../../lib/node/index.ts'
import { Program } from '../support/programs.ts'
import { attempt, slip } from '../support/stories.ts'
import { EPOLL_HOST, programWays, ways } from '../support/ways.ts'

describe.each(ways())('the handle of a loop, $way', ({ live }) => {
  it('reaches the loop from its own thread, too, in the order of the calls', () => {
    const log = (globalThis as { handleLog?: unknown[] }).handleLog = []
    return live(function* () {
      const handle = getRunningLoop().handle()
      const same = handle === getRunningLoop().handle()
      for (const n of [1, 2, 3]) callSoonThreadsafe(handle, (k: number) => { (globalThis as unknown as { handleLog: unknown[] }).handleLog.push(k) }, n)
      const twice = yield* wrapFuture(runCoroutineThreadsafe(structuredClone(handle), function* (n: number) { yield; return 2 * n }, 4))
      const never = runCoroutineThreadsafe(handle, function* () { for (;;) yield })
      yield* sleep(20)
      never.cancel()
      yield* sleep(20)
      return [
        same, twice, never.cancelled(),
        yield* attempt(() => wrapFuture(runCoroutineThreadsafe(handle, function* () { yield; throw new RangeError('out') }))),
        yield* attempt(() => wrapFuture(runCoroutineThreadsafe(handle, (() => 5) as never))),
        yield* attempt(() => wrapFuture(runCoroutineThreadsafe(handle, { module: 'node:path', export: 'none' }))),
        String(yield* attempt(() => wrapFuture(runCoroutineThreadsafe(handle, function* () { yield; return () => 1 })))).split(':')[0],
      ]
    }).then(result => {
      expect(result).toEqual([
        true, 8, true, 'RangeError undefined: out',
        'TypeError NOT_A_COROUTINE: runCoroutineThreadsafe() takes a coroutine function, but this one returned 5',
        'TypeError undefined: node:path exports no function none', expect.stringContaining('DataCloneError'),
      ])
      return new Promise(resolve => { setTimeout(resolve, 50) })
    }).then(() => { expect(log).toEqual([1, 2, 3]) })
  })
})

describe('the handle of a loop', () => {
  it('that is closed is refused, and so is what is none', () => {
    const loop = new EventLoop({ host: new NodeHost() })
    const handle = loop.handle()
    loop.close()
    expect(slip(() => { callSoonThreadsafe(handle, () => 1) })).toBe('RuntimeError LOOP_CLOSED: Event loop is closed')
    expect(slip(() => { callSoonThreadsafe({}, () => 1) })).toBe('TypeError NOT_A_HANDLE: the handle of a loop must be what loop.handle() returns, not Object')
    expect(slip(() => new EventLoop().handle())).toBe("RuntimeError NO_OUTSIDE: handle() needs a host that reaches outside, and this loop has BlockingHost. Write run(main()) of 'yieldfrom/node', new EventLoop({ host: new NodeHost() }), or attach(loop)")
  })

  it('lets threads reach each other, both ways', () => new Program(`
    import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
    import { EventLoop, NodeHost, callSoonThreadsafe, getRunningLoop, run, runCoroutineThreadsafe, sleep } from 'yieldfrom/node'
    export function* twice(n) {
      yield* sleep(n)
      return 2 * n
    }
    let done
    export function finish(text) { done.setResult(text) }
    export function stop() { getRunningLoop().stop() }
    const here = name => ({ module: __filename, export: name })
    if (isMainThread) {
      const worker = new Worker(__filename, { workerData: null })
      worker.once('message', handle => {
        console.log([30, 10].map(n => runCoroutineThreadsafe(handle, here('twice'), n)).map(future => future.result()).join())
        callSoonThreadsafe(handle, here('stop'))
        worker.once('exit', () => {
          console.log(run(function* () {
            done = getRunningLoop().createFuture()
            new Worker(__filename, { workerData: getRunningLoop().handle() })
            return yield* done
          }()))
        })
      })
    } else if (workerData === null) {
      const loop = new EventLoop({ host: new NodeHost() })
      parentPort.postMessage(loop.handle())
      loop.runForever()
      loop.close()
    } else {
      callSoonThreadsafe(workerData, here('finish'), 'from the thread')
    }`).start().ended.then(({ code, stdout, stderr }) => { expect([code, stdout, stderr]).toEqual([0, '60,20\nfrom the thread\n', '']) }))
})

describe('signals', () => {
  it.each(programWays)('are handled in a program that runs %s', way => {
    const running = new Program(`
      import { EventLoop, NodeHost, attach, run, getRunningLoop } from 'yieldfrom/node'
      function* main() {
        const loop = getRunningLoop()
        const done = loop.createFuture()
        for (const signal of ['SIGTERM', 'SIGINT', 'SIGNONE']) {
          try {
            loop.addSignalHandler(signal, name => done.setResult(name), signal)
          } catch (error) {
            console.log(error.code)
          }
        }
        setTimeout(() => undefined, 1)
        loop.callLater(600, () => process.kill(process.pid, ${way === 'attached' ? "'SIGTERM'" : "'SIGINT'"}))
        console.log(yield* done, loop.removeSignalHandler('SIGINT'), loop.removeSignalHandler('SIGINT'), loop.removeSignalHandler('SIGUSR1'))
        loop.removeSignalHandler('SIGTERM')
      }
      ${way === 'attached' ? 'const loop = new EventLoop(); attach(loop); loop.createTask(main())' : `run(main()${way === 'by epoll' ? `, ${EPOLL_HOST}` : ''})`}`).start()
    return running.ended.then(({ code, stdout }) => {
      expect([code, stdout]).toEqual([0, way === 'attached' ? 'BAD_SIGNAL\nSIGTERM true false false\n' : 'SIGNAL_NOT_SEEN\nBAD_SIGNAL\nSIGINT true false false\n'])
    })
  })
})
