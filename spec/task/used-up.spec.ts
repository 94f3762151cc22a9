import { type Coroutine, EventLoop, VirtualHost, createTask, run, sleep, wait } from '../../lib/index.ts'

const REUSED = 'RuntimeError: cannot reuse already awaited coroutine. Call the function* again'

function* boil(log: unknown[], name: string): Coroutine<string> {
  log.push(`${name} boils`)
  yield* sleep(1)
  return name
}

/** What a task gives, or its error. */
function* ending(coroutine: Coroutine<string>): Coroutine<string> {
  try {
    return yield* createTask(coroutine)
  } catch (error) {
    return String(error)
  }
}

describe('a plain generator that was given to a task', () => {
  it('is refused by a second task when the first has run it to its end, and other tasks go on', () => {
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      const kettle = boil(log, 'kettle')
      const other = createTask(boil(log, 'pot'))
      log.push(yield* ending(kettle), yield* ending(kettle), yield* ending(kettle), yield* other)
    }
    run(main(), { host: new VirtualHost() })
    expect(log).toEqual(['pot boils', 'kettle boils', 'kettle', REUSED, REUSED, 'pot'])
  })

  it('is refused when the first was cancelled before it began', () => {
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      const kettle = boil(log, 'kettle')
      const first = createTask(kettle)
      first.cancel()
      yield* wait([first])
      log.push(yield* ending(kettle))
    }
    run(main(), { host: new VirtualHost() })
    expect(log).toEqual([REUSED])
  })

  it('is refused by another loop, too', () => {
    const log: unknown[] = []
    const kettle = boil(log, 'kettle')
    run(kettle, { host: new VirtualHost() })
    const loop = new EventLoop({ host: new VirtualHost() })
    expect(() => loop.runUntilComplete(kettle)).toThrow('cannot reuse already awaited coroutine. Call the function* again')
    log.push(loop.runUntilComplete(boil(log, 'pot')))
    expect(log).toEqual(['kettle boils', 'pot boils', 'pot'])
  })

  it('cannot be noted when it is frozen: it gives undefined the second time, as JavaScript has it', () => {
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      const kettle = Object.freeze(boil(log, 'kettle'))
      log.push(yield* ending(kettle), yield* ending(kettle))
    }
    run(main(), { host: new VirtualHost() })
    expect(log).toEqual(['kettle boils', 'kettle', undefined])
  })
})
