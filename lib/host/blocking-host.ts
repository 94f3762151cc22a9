import { RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import type { Host } from '../loop/host.ts'

interface Clock {
  now(): number
}

/** The parts of an engine that may be missing. */
interface Surroundings {
  readonly performance?: Clock
  readonly SharedArrayBuffer?: SharedArrayBufferConstructor
  readonly WebAssembly?: { readonly Memory: new (size: { initial: number; maximum: number; shared: boolean }) => { readonly buffer: SharedArrayBuffer } }
  /** The main thread of a browser has one. */
  readonly document?: object
}

function surroundings(): Surroundings { return globalThis }

/** A host with real time. A wait blocks the thread without using the processor. It is the default of `run()`. */
export class BlockingHost implements Host {
  /** @internal */
  readonly $insteadOfBlocking = 'drive the loop by tick()'
  private readonly $clock: Clock
  /** Holds 1 when somebody has called `wake()`. */
  private readonly $cell: Int32Array

  /** @throws RuntimeError when threads of this engine cannot wait, or when the engine has no clock. */
  constructor() {
    const { performance } = surroundings()
    const memory = performance === undefined ? null : sharedMemory()
    if (performance === undefined || memory === null) throw cannotWait()
    this.$clock = performance
    this.$cell = new Int32Array(memory)
  }

  toString(): string { return `<BlockingHost now=${this.now()}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  now(): number { return this.$clock.now() }

  /** @throws RuntimeError in the main thread of a browser, which cannot wait. */
  wait(timeout: number | null): void {
    try {
      Atomics.wait(this.$cell, 0, 0, timeout ?? Infinity)
    } catch (error) {
      throw cannotWait(error)
    }
    Atomics.store(this.$cell, 0, 0)
  }

  wake(): void {
    Atomics.store(this.$cell, 0, 1)
    Atomics.notify(this.$cell, 0)
  }
}

/** Memory on which a thread can wait. A worker of a page that is not isolated has it from WebAssembly only. */
function sharedMemory(): SharedArrayBuffer | null {
  const { SharedArrayBuffer, WebAssembly } = surroundings()
  if (SharedArrayBuffer !== undefined) return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  try {
    return WebAssembly === undefined ? null : new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer
  } catch {
    return null // it knows no threads
  }
}

function cannotWait(cause?: unknown): Error {
  return new RuntimeError(surroundings().document === undefined
    ? 'this engine cannot wait, or has no clock. Write run(main(), { host: new VirtualHost() }), or drive a loop: ' +
      'new EventLoop({ host: new ManualHost() }) and loop.tick()'
    : 'the main thread of a browser cannot wait. Call run() in a worker, or let the page drive a loop: ' +
      'new EventLoop({ host: new ManualHost() }), and attachToFrames(loop, requestAnimationFrame) of yieldfrom/engine/frame', { code: 'NO_HOST', cause })
}
