import { type Coroutine, EventLoop, VirtualHost } from '../../lib/index.ts'

/** V8 keeps no stacks when it is not told how many lines they may have. */
function withoutStacks<T>(work: () => T): T {
  const { stackTraceLimit } = Error
  Reflect.deleteProperty(Error, 'stackTraceLimit')
  try {
    return work()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

it('where errors have no stack, a task fails as everywhere, and nothing is said of where it was', () => {
  function* failing(error: unknown): Coroutine<void> { throw error }
  const loop = new EventLoop({ host: new VirtualHost(), debug: true, logger: () => undefined })
  const error = new Error('with a stack')
  const errors = withoutStacks(() => {
    const tasks = [error, new Error('without')].map(each => loop.createTask(failing(each)))
    loop.tick()
    return tasks.map(task => task.exception() as Error)
  })
  expect(errors[0]).toBe(error)
  expect(errors[0]?.stack).toMatch(/^Error: with a stack\n[^]*\n {4}at Task-1 \(<task>\), made\n?$/)
  expect(errors[1]?.stack).toBe(undefined)
})
