import { inspect } from 'node:util'
import { type Coroutine, EventLoop, ManualHost, type Task, VirtualHost } from '../../lib/index.ts'

/** A host that is told which objects are watched, and whose engine has collected what a story says. */
class CollectingHost extends ManualHost {
  readonly watched = new Map<object, unknown>()
  private told: (words: unknown) => void = () => { /* nobody asks yet */ }

  collection(told: (words: unknown) => void) {
    this.told = told
    return {
      register: (object: object, words: unknown) => { this.watched.set(object, words) },
      unregister: (object: object) => { this.watched.delete(object) },
    }
  }

  collect(object: object): void { this.told(this.watched.get(object)) }
}

function* failing(what: string): Coroutine<void> { throw new Error(`no ${what}`) }

describe('an error that nobody has read', () => {
  it('is told once when its task is gone, by a report that prints as with the task; one that was read meanwhile is not', () => {
    const log: unknown[] = []
    const host = new CollectingHost()
    const loop = new EventLoop({ host })
    loop.setExceptionHandler((_, { message, future }) => { log.push([message, inspect(future), String(future)]) })
    const [tea, cake] = ['tea', 'cake'].map(what => loop.createTask(failing(what), { name: what })) as [Task<void>, Task<void>]
    for (let i = 0; i < 3; i++) loop.tick()
    log.push([host.watched.size, loop.$unread.has(tea), loop.$unread.has(cake)])
    const words = host.watched.get(cake)
    log.push(String(cake.exception()), [host.watched.size, loop.$unread.has(cake)])
    host.watched.set(cake, words)
    host.collect(cake) // the engine may be late
    host.collect(tea)
    host.collect(tea)
    loop.close()
    const shown = "<Task finished exception=Error: no tea name='tea' coro=failing>"
    expect(log).toEqual([
      [2, true, true], 'Error: no cake', [1, false],
      ['Task exception was never retrieved', shown, shown],
    ])
  })

  it('is not reported any more when the handler reads it while an older one is reported', () => {
    const log: unknown[] = []
    const loop = new EventLoop({ host: new VirtualHost() })
    const tasks = ['tea', 'cake'].map(what => loop.createTask(failing(what)))
    loop.setExceptionHandler((_, { exception }) => {
      log.push(String(exception))
      log.push(String(tasks[1]?.exception()))
    })
    loop.stop()
    loop.runForever()
    loop.close()
    expect(log).toEqual(['Error: no tea', 'Error: no cake'])
  })
})
