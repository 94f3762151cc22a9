import { type Coroutine, EventLoop, ManualHost, sleep } from '../../../lib/index.ts'

describe('an onError that throws itself', () => {
  it('loses no error: that of the script is the last cause, and other scripts go on', () => {
    const log: unknown[] = []
    const loop = new EventLoop({ host: new ManualHost(), logger: () => undefined })
    const enemy = loop.owner('enemy', { onError: () => { throw new Error('the handler fails') } })
    enemy.spawn((function* (): Coroutine<void> {
      yield* sleep(5)
      throw new Error('the script fails')
    })())
    enemy.spawn((function* (): Coroutine<void> {
      yield* sleep(10)
      log.push('goes on')
    })())
    for (const now of [0, 5, 10, 15]) {
      try {
        loop.tick({ now })
      } catch (error) {
        log.push([String(error), String((error as Error).cause)])
      }
    }
    loop.close()
    expect(log).toEqual([['Error: the handler fails', 'Error: the script fails'], 'goes on'])
  })
})
