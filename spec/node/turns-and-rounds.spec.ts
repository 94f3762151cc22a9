import { type Coroutine, EventLoop, attach, createTask, sleep } from '../../lib/node/index.ts'
import { directLink } from '../../lib/node/link/direct-link.ts'
import { wake } from '../../lib/node/thread/cells.ts'
import { thisThread } from '../../lib/node/thread/this-thread.ts'
import { attempt } from '../support/attempt.ts'

describe('a thread that blocks', () => {
  it('lets its loop have a turn when much has come, and takes the rest in the turns that follow', () => {
    const log: unknown[] = []
    let left = 3
    const source = {
      take: () => {
        log.push(`${left} left`)
        return --left > 0
      },
      expects: () => false,
    }
    thisThread.add(source)
    log.push(thisThread.poll())
    wake(thisThread.cells)
    for (let turn = 0; turn < 4; turn++) log.push(thisThread.poll())
    thisThread.remove(source)
    expect(log).toEqual([false, '3 left', true, '2 left', true, '1 left', true, false])
  })
})

describe('an attached loop', () => {
  /** In one callback of Node's event loop: bytes come that many times. */
  const bytesCome = (times: number): void => {
    for (let i = 0; i < times; i++) directLink()['ioSide']['listener'].onBytes(1_000_000, Buffer.from('tea'))
  }

  it('has one turn in the middle of a round that brings much, if something is ready', () => new Promise<string[]>(resolve => {
    const log: string[] = []
    const loop = new EventLoop()
    const attachment = attach(loop)
    const future = loop.createFuture<void>()
    loop.createTask(function* () {
      yield* future
      log.push('a turn')
      yield
      log.push('the next turn')
    }())
    setTimeout(() => {
      bytesCome(32)
      log.push('nothing is ready')
      future.setResult()
      bytesCome(31)
      log.push('31 have come')
      bytesCome(1)
      log.push('32 have come')
      process.nextTick(() => { log.push('a tick of the host') })
      setImmediate(() => {
        attachment.detach()
        log.push(`${directLink().onMany.size} loops are attached`)
        loop.close()
        resolve(log)
      })
    }, 20)
  }).then(log => { expect(log).toEqual(['nothing is ready', '31 have come', '32 have come', 'a tick of the host', 'a turn', 'the next turn', '0 loops are attached']) }))

  it('has no turn any more when it is detached in the callback that would bring it', () => new Promise<string[]>(resolve => {
    const log: string[] = []
    const loop = new EventLoop()
    const attachment = attach(loop)
    setTimeout(() => {
      loop.callSoon(() => { log.push('a turn') })
      bytesCome(32)
      attachment.detach()
      setImmediate(() => {
        log.push(`${loop.isRunning() ? 'runs' : 'rests'}, until somebody runs it`)
        loop.runUntilComplete(sleep(0))
        loop.close()
        resolve(log)
      })
    }, 20)
  }).then(log => { expect(log).toEqual(['rests, until somebody runs it', 'a turn']) }))

  it('lets the host go on after a few turns, however much is ready', () => new Promise<number[]>(resolve => {
    const log: number[] = []
    const loop = new EventLoop()
    const attachment = attach(loop)
    let turns = 0
    loop.createTask(function* () {
      for (;;) {
        turns++
        yield
      }
    }())
    const look = (): void => {
      log.push(turns)
      if (log.length < 4) {
        setImmediate(look)
        return
      }
      attachment.detach()
      loop.close()
      resolve(log)
    }
    setImmediate(look)
  }).then(log => { expect(log).toEqual([16, 32, 48, 64]) }))

  it('tells of an error that nobody reads when nothing is ready, and not before, when its reader may have the next turn', () => new Promise<unknown[]>(resolve => {
    const log: unknown[] = []
    const loop = new EventLoop()
    const attachment = attach(loop)
    const looked = jest.spyOn(loop, '$lookAtUnread' as never)
    loop.createTask(function* () {
      const failing = createTask(function* (): Coroutine<void> { throw new Error('no tea') }())
      for (let i = 0; i < 40; i++) yield
      log.push(looked.mock.calls.length, yield* attempt(() => failing))
      createTask(function* (): Coroutine<void> { throw new Error('no milk') }())
      setTimeout(() => {
        log.push(looked.mock.calls.length > 0)
        loop.setExceptionHandler((_, { exception }) => { log.push(String(exception)) })
        attachment.detach()
        loop.close()
        resolve(log)
      }, 20)
    }())
  }).then(log => { expect(log).toEqual([0, 'Error undefined: no tea', true, 'Error: no milk']) }))
})
