import {
  type Coroutine, EventLoop, type FrameEvent, VirtualHost, coroutine, getCurrent, setTrace, sleep, suspend, watch,
} from '../../lib/index.ts'

const quiet = () => new EventLoop({ host: new VirtualHost(), logger: () => undefined })

describe('a loop that is watched', () => {
  it('shows the life of a task: its turns, what it waits for, and how it ends', () => {
    const inner = coroutine(function* inner(): Coroutine<string> { return yield* sleep(5, 'woken') })
    function* outer(): Coroutine<string> {
      yield
      return yield* inner()
    }
    const loop = quiet()
    const log: string[] = []
    const end = watch((event: FrameEvent) => {
      const { type, frame } = event
      const what = type === 'switch' ? (event.value.target === getCurrent() ? 'here' : 'there') : String(event.value)
      log.push([type, frame?.name ?? 'loop', ...type === 'delegate' ? [] : [what]].join(' '))
    })
    loop.runUntilComplete(loop.createTask(outer()))
    end()
    expect(log).toEqual([
      'switch loop here', 'enter outer undefined', 'yield outer undefined', 'switch outer here',
      'switch loop here', 'send outer undefined', 'delegate outer', 'enter inner undefined', 'suspend inner sleep(5)', 'switch inner here',
      'switch loop here', 'send inner woken', 'return inner woken', 'send outer woken', 'return outer woken', 'switch loop here',
    ])
  })
})

describe('a loop that is traced', () => {
  function* waits(log: unknown[]): Coroutine<void> {
    for (const wait of [() => sleep(0), () => sleep(1), function* () { yield }, () => suspend(resume => { resume() })]) {
      try {
        yield* wait()
        log.push('waited')
      } catch (error) {
        log.push(['caught', (error as Error).message])
      }
    }
  }

  it('tells the tracer of each turn', () => {
    const log: unknown[] = []
    const loop = quiet()
    const main = getCurrent()
    const task = loop.createTask(waits(log))
    setTrace((event, [origin, target]) => { log.push([event, origin === main ? 'loop' : 'task', target === main ? 'loop' : 'task']) })
    loop.runUntilComplete(task)
    setTrace(null)
    const [goes, comes] = [['switch', 'loop', 'task'], ['switch', 'task', 'loop']]
    expect(log).toEqual([
      goes, comes, goes, 'waited', comes, goes, 'waited', comes, goes, 'waited', 'waited', comes,
    ])
  })

  it('throws the error of a tracer at the wait of the task, whatever that is', () => {
    const log: unknown[] = []
    for (let turn = 1; turn <= 4; turn++) {
      const loop = quiet()
      const task = loop.createTask(waits(log))
      let turns = 0
      setTrace((_, [, target]) => {
        if (target !== task.getGreenlet() || ++turns < turn) return
        throw new Error(`in turn ${String(turn)}`)
      })
      try {
        loop.runUntilComplete(task)
      } catch (error) {
        log.push(['failed', (error as Error).message])
      }
      setTrace(null)
    }
    expect(log).toEqual([
      ['failed', 'in turn 1'],
      ['caught', 'in turn 2'], 'waited', 'waited', 'waited',
      'waited', ['caught', 'in turn 3'], 'waited', 'waited',
      'waited', 'waited', ['caught', 'in turn 4'], 'waited',
    ])
  })

  it('lets a tracer that is a generator run before the task goes on', () => {
    const log: unknown[] = []
    const loop = quiet()
    const task = loop.createTask(waits(log))
    setTrace(function* (_, [, target]) { log.push(target === task.getGreenlet() ? 'before the task' : 'before the loop') })
    loop.runUntilComplete(task)
    setTrace(null)
    expect(log).toEqual([
      'before the task', 'before the loop', 'before the task', 'waited', 'before the loop', 'before the task', 'waited',
      'before the loop', 'before the task', 'waited', 'waited', 'before the loop',
    ])
  })
})
