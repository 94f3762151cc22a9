import { type Coroutine, Event, EventLoop, createTask, gather, greenlet, run, sleep } from '../../lib/index.ts'
import { story, virtual } from '../support/stories.ts'

describe('an Event', () => {
  it('says whether it is set, and how many wait for it', () => {
    expect(story(function* (log) {
      const event = new Event()
      log.push(String(event), event.isSet())
      const tasks = [createTask(event.wait()), createTask(event.wait())]
      yield
      log.push(String(event))
      event.set()
      log.push(String(event), event.isSet(), yield* gather(tasks))
      event.clear()
      log.push(String(event), event.isSet())
    })).toEqual([
      '<Event [unset, waiting:0]>', false, '<Event [unset, waiting:2]>', '<Event [set, waiting:0]>', true, [true, true],
      '<Event [unset, waiting:0]>', false,
    ])
  })

  it('is waited for in no time when it is set, in code that no loop runs, too', () => {
    const event = new Event()
    const log: unknown[] = []
    event.set()
    greenlet(function* () { log.push(yield* event.wait()) }).resume()
    expect(log).toEqual([true])
  })

  it('wakes those that wait in the order they came, even if it is cleared before their turn', () => {
    expect(story(function* (log) {
      const event = new Event()
      function* waits(name: string): Coroutine<void> {
        yield* event.wait()
        log.push(`${name}, ${event.isSet() ? 'set' : 'cleared'}`)
      }
      const tasks = ['a', 'b', 'c', 'd'].map(name => createTask(waits(name)))
      yield
      tasks[1]?.cancel()
      event.set()
      tasks[3]?.cancel() // too late for the event, early enough for the task
      event.set() // is set already
      event.clear()
      const late = createTask(waits('late'))
      yield* sleep(5)
      log.push(late.done())
      event.set()
      yield* late
    })).toEqual(['a, cleared', 'c, cleared', false, 'late, set'])
  })

  it('can be set by plain code: a callback, or the host between two turns', () => {
    const event = new Event()
    const loop = new EventLoop(virtual())
    const task = loop.createTask(event.wait())
    loop.tick()
    event.set()
    loop.tick()
    expect(task.result()).toBe(true)
    event.clear()
    expect(loop.runUntilComplete((function* (): Coroutine<unknown> {
      loop.callLater(5, () => { event.set() })
      return [yield* event.wait(), loop.time()]
    })())).toEqual([true, 5])
  })

  it('that is waited for in one loop can be set in another', () => {
    const event = new Event()
    const loop = new EventLoop(virtual())
    const task = loop.createTask(event.wait())
    loop.tick()
    run((function* (): Coroutine<void> { event.set() })(), virtual())
    loop.tick()
    expect(task.done()).toBe(true)
  })
})
