import { inspect } from 'node:util'
import type * as threads from 'node:worker_threads'
import { BlockingHost, EventLoop, VirtualHost, run, sleep } from '../../lib/index.ts'

/** What the host needs of an engine; the bare realm has none of it. */
const NEEDED = ['performance', 'SharedArrayBuffer']
const isBare = NEEDED.every(name => !(name in globalThis))
const noHost = expect.objectContaining({
  name: 'RuntimeError',
  code: 'NO_HOST',
  message: 'this engine cannot wait, or has no clock. Write run(main(), { host: new VirtualHost() }), or drive a loop: ' +
    'new EventLoop({ host: new ManualHost() }) and loop.tick()',
})
const inBrowser = expect.objectContaining({
  name: 'RuntimeError',
  code: 'NO_HOST',
  message: 'the main thread of a browser cannot wait. Call run() in a worker, or let the page drive a loop: ' +
    'new EventLoop({ host: new ManualHost() }), and attachToFrames(loop, requestAnimationFrame) of yieldfrom/engine/frame',
})

/** Call something where globals have other values, `undefined` for none. */
function where(globals: Record<string, unknown>, body: () => void): void {
  const names = Object.keys(globals)
  const taken = names.map(name => Object.getOwnPropertyDescriptor(globalThis, name))
  for (const name of names) Object.defineProperty(globalThis, name, { value: globals[name], configurable: true, writable: true })
  try {
    body()
  } finally {
    names.forEach((name, i) => {
      const before = taken[i]
      if (before === undefined) Reflect.deleteProperty(globalThis, name)
      else Object.defineProperty(globalThis, name, before)
    })
  }
}

describe('a BlockingHost in an engine that cannot wait, or has no clock', () => {
  it.each([
    ['a clock', { performance: undefined }],
    ['shared memory', { SharedArrayBuffer: undefined, WebAssembly: undefined }],
    ['shared memory, whose WebAssembly knows no threads', { SharedArrayBuffer: undefined, WebAssembly: { Memory: class { constructor() { throw new TypeError() } } } }],
  ])('for want of %s is refused, and so is a loop without a host', (_, globals) => {
    where(globals, () => {
      expect(() => new BlockingHost()).toThrow(noHost)
      expect(() => new EventLoop()).toThrow(noHost)
      expect(() => run(sleep(5))).toThrow(noHost)
      expect(run(sleep(5, 'done'), { host: new VirtualHost() })).toBe('done')
    })
  })

  it('tells a page what it can do instead', () => {
    where({ document: {}, performance: undefined }, () => { expect(() => run(sleep(5))).toThrow(inBrowser) })
  })
})

if (!isBare) {
  describe('a BlockingHost', () => {
    const elapsed = (what: () => void): number => {
      const start = performance.now()
      what()
      return performance.now() - start
    }

    it('has the time of the engine, which passes', () => {
      const host = new BlockingHost()
      const start = performance.now()
      expect(Math.abs(host.now() - start)).toBeLessThan(1000)
      const before = host.now()
      host.wait(20)
      expect(host.now() - before).toBeGreaterThanOrEqual(19)
    })

    it('waits in a worker of a page that is not isolated, on the memory of WebAssembly', () => {
      where({ SharedArrayBuffer: undefined }, () => {
        const host = new BlockingHost()
        expect(elapsed(() => { host.wait(30) })).toBeGreaterThanOrEqual(29)
        host.wake()
        expect(elapsed(() => { host.wait(10_000) })).toBeLessThan(5_000)
      })
    })

    it('says in the main thread of a browser that it cannot wait there, and what to do instead', () => {
      const noWait = { ...Object.getOwnPropertyDescriptors(Atomics), wait: { value() { throw new TypeError('Atomics.wait cannot be called in this context') } } }
      where({ document: {}, Atomics: Object.defineProperties({}, noWait) }, () => { expect(() => run(sleep(60_000))).toThrow(inBrowser) })
    })

    it('waits for as long as it is told, and once only for each wake()', () => {
      const host = new BlockingHost()
      expect(elapsed(() => { host.wait(30) })).toBeGreaterThanOrEqual(29)
      host.wake()
      host.wake()
      expect(elapsed(() => { host.wait(10_000) })).toBeLessThan(5_000)
      expect(elapsed(() => { host.wait(30) })).toBeGreaterThanOrEqual(29)
    })

    it('waits without an end for wake(), which may come from another thread', () => {
      const host = new BlockingHost()
      const { Worker } = require('node:worker_threads') as typeof threads
      const wake = `
        const { workerData: cell } = require('node:worker_threads')
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
        Atomics.store(cell, 0, 1)
        Atomics.notify(cell, 0)`
      const worker = new Worker(wake, { eval: true, workerData: host['$cell'] })
      expect(elapsed(() => { host.wait(null) })).toBeGreaterThanOrEqual(50)
      worker.unref()
    })

    it('is what a loop and run() have by default', () => {
      const loop = new EventLoop()
      expect(elapsed(() => { loop.runUntilComplete(sleep(30)) })).toBeGreaterThanOrEqual(29)
      expect(elapsed(() => { run(sleep(30)) })).toBeGreaterThanOrEqual(29)
    })
  })
}

if (!isBare) {
  it('a BlockingHost is shown with its time', () => {
    const host = new BlockingHost()
    for (const line of [String(host), inspect(host)]) expect(line).toMatch(/^<BlockingHost now=[\d.]+>$/)
  })
}
