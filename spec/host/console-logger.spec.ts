import { EventLoop, ManualHost } from '../../lib/index.ts'

describe('reports of a loop without a logger', () => {
  const consoleBefore = Object.getOwnPropertyDescriptor(globalThis, 'console')
  const put = (console: unknown) => {
    Object.defineProperty(globalThis, 'console', { value: console, configurable: true, writable: true })
  }
  afterEach(() => {
    if (consoleBefore === undefined) Reflect.deleteProperty(globalThis, 'console')
    else Object.defineProperty(globalThis, 'console', consoleBefore)
  })

  it('go to the console of the engine', () => {
    const log: unknown[] = []
    const loop = new EventLoop({ host: new ManualHost() })
    put({ error: (...args: unknown[]) => { log.push(args) } })
    loop.callExceptionHandler({ message: 'first' })
    put({ error: (...args: unknown[]) => { log.push('another', args) } })
    loop.callExceptionHandler({ message: 'second' })
    expect(log).toEqual([['first'], 'another', ['second']])
  })

  it('go nowhere in an engine that has none', () => {
    const loop = new EventLoop({ host: new ManualHost() })
    Reflect.deleteProperty(globalThis, 'console')
    expect(() => { loop.callExceptionHandler({ message: 'words' }) }).not.toThrow()
  })
})
