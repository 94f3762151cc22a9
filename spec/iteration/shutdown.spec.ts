import {
  type Coroutine, type EventLoop, type PyAsyncGenerator, allTasks, asyncGenerator, currentTask, emit, getRunningLoop, run,
  sleep,
} from '../../lib/index.ts'
import { newLoop } from '../conformance/asyncio/support/virtual.ts'

/** Log what is reported, and when. */
function listening(log: unknown[]): EventLoop {
  const loop = newLoop()
  loop.setExceptionHandler((_loop, { exception }) => { log.push([loop.time(), (exception as Error).message]) })
  return loop
}

const failing = asyncGenerator(function* (message: string, log: unknown[], ms: number) {
  try {
    yield* emit(1)
  } finally {
    yield* sleep(ms)
    log.push([getRunningLoop().time(), message])
    throw new Error(message)
  }
})

function* begin(...generators: PyAsyncGenerator[]): Coroutine<void> {
  for (const generator of generators) yield* generator.anext()
}

describe('at the end, the generators that are open are closed', () => {
  it('side by side; what goes wrong is reported when all have ended', () => {
    const log: unknown[] = []
    run(begin(failing('first', log, 1), failing('second', log, 3)), { loopFactory: () => listening(log) })
    expect(log).toEqual([[1, 'first'], [3, 'second'], [3, 'first'], [3, 'second']])
  })

  it('and that is over two turns after the last of them, as by gather()', () => {
    const log: unknown[] = []
    const generator = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } finally {
        const closer = [...allTasks()].find(task => task !== currentTask())
        const turn = (n: number): void => {
          log.push([n, closer?.done()])
          if (n < 3) getRunningLoop().callSoon(turn, n + 1)
        }
        getRunningLoop().callSoon(turn, 1)
      }
    })
    run(begin(generator()), { loopFactory: newLoop })
    expect(log).toEqual([[1, false], [2, false], [3, true]])
  })

  it('and whoever cancels that cancels all that are being closed', () => {
    const log: unknown[] = []
    const generator = asyncGenerator(function* (ms: number) {
      try {
        yield* emit(1)
      } finally {
        try {
          yield* sleep(ms)
          const [closer] = allTasks()
          closer?.cancel('enough')
        } catch (error) {
          log.push(String(error))
        }
      }
    })
    run(begin(generator(1), generator(2), generator(3)), { loopFactory: () => listening(log) })
    expect(log).toEqual(['CancelledError: enough', 'CancelledError: enough', [1, '']])
  })
})
