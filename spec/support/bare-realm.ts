import 'fast-check' // takes what it needs for itself while it is there
import { tryLess } from './thorough.ts'

/**
 * Takes away what a synchronous engine may not have. Jest runs each spec file in a realm of its own (`node:vm`), so
 * that from here on neither the specs nor the library can reach any of it.
 */
const missing = [
  'Promise', 'Date', 'console', 'process', 'performance', 'queueMicrotask', 'structuredClone',
  'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate',
  'fetch', 'AbortController', 'EventTarget', 'Event', 'MessageChannel', 'TextEncoder', 'TextDecoder', 'URL', 'Buffer',
  'WebAssembly', 'Atomics', 'SharedArrayBuffer', 'Intl', 'FinalizationRegistry', 'WeakRef',
]

tryLess({ runs: 10, events: 3 })

for (const name of missing) Reflect.deleteProperty(globalThis, name)

test('the realm is bare', () => {
  expect(missing.filter(name => name in globalThis)).toEqual([])
})
