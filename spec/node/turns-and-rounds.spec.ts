import { EventLoop, attach } from '../../lib/node/index.ts'
import { directLink } from '../../lib/node/link/direct-link.ts'
import { NEWS, makeCells, wake } from '../../lib/node/thread/cells.ts'
import { Lookout } from '../../lib/node/thread/lookout.ts'
import { thisThread } from '../../lib/node/thread/this-thread.ts'

describe('a lookout', () => {
  it('looks longer when it has seen something in time, and shorter when it has not, within bounds', () => {
    const cells = makeCells()
    const lookout = new Lookout()
    const log: string[] = []
    const look = (seen: number, times: number): void => {
      for (let i = 0; i < times; i++) log.push(`${lookout.patience} ${lookout.sees(cells, seen) ? 'news' : 'nothing'}`)
    }
    Atomics.store(cells, NEWS, 5)
    look(5, 2)
    look(4, 3)
    look(5, 2)
    look(4, 8)
    expect(log).toEqual([
      '64 nothing', '64 nothing', '64 news', '128 news', '256 news', '512 nothing', '256 nothing',
      '128 news', '256 news', '512 news', '1024 news', '2048 news', '4096 news', '8192 news', '8192 news',
    ])
  })
})

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
      setImmediate(() => {
        attachment.detach()
        log.push(`${directLink().onMany.size} loops are attached`)
        loop.close()
        resolve(log)
      })
    }, 20)
  }).then(log => { expect(log).toEqual(['nothing is ready', '31 have come', 'a turn', '32 have come', 'the next turn', '0 loops are attached']) }))
})
