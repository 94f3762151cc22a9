import { inspect } from 'node:util'
import type * as threads from 'node:worker_threads'
import { BlockingHost, EventLoop, VirtualHost, run, sleep } from '../../lib/index.ts'

/** What the host needs of an engine; the bare realm has none of it. */
const NEEDED = ['performance', 'SharedArrayBuffer']
const isBare = NEEDED.every(name => !(name in globalThis))
const noHost = expect.objectContaining({
  name: 'RuntimeError',
  code: 'NO_HOST',
  message: 'this engine cannot wait, or has no clock. Give the loop a host: ' +
    'new EventLoop({ host: new VirtualHost() }), or a ManualHost and loop.tick()',
})

describe('a BlockingHost in an engine that cannot wait, or has no clock', () => {
  it.each(NEEDED)('for want of %s is refused, and so is a loop without a host', name => {
    const taken = Object.getOwnPropertyDescriptor(globalThis, name)
    Reflect.deleteProperty(globalThis, name)
    try {
      expect(() => new BlockingHost()).toThrow(noHost)
      expect(() => new EventLoop()).toThrow(noHost)
      expect(() => run(sleep(5))).toThrow(noHost)
      expect(run(sleep(5, 'done'), { host: new VirtualHost() })).toBe('done')
    } finally {
      if (taken !== undefined) Object.defineProperty(globalThis, name, taken)
    }
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
