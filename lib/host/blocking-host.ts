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
}

/** A host with real time. A wait blocks the thread without using the processor. It is the default of `run()`. */
export class BlockingHost implements Host {
  private readonly $clock: Clock
  /** Holds 1 when somebody has called `wake()`. */
  private readonly $cell: Int32Array

  /** @throws RuntimeError when threads of this engine cannot wait, or when the engine has no clock. */
  constructor() {
    const { performance, SharedArrayBuffer } = globalThis as unknown as Surroundings
    if (performance === undefined || SharedArrayBuffer === undefined) {
      throw new RuntimeError('this engine cannot wait, or has no clock. Give the loop a host: ' +
        'new EventLoop({ host: new VirtualHost() }), or a ManualHost and loop.tick()', { code: 'NO_HOST' })
    }
    this.$clock = performance
    this.$cell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  }

  toString(): string { return `<BlockingHost now=${this.now()}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  now(): number { return this.$clock.now() }

  wait(timeout: number | null): void {
    Atomics.wait(this.$cell, 0, 0, timeout ?? Infinity)
    Atomics.store(this.$cell, 0, 0)
  }

  wake(): void {
    Atomics.store(this.$cell, 0, 1)
    Atomics.notify(this.$cell, 0)
  }
}
