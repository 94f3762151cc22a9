import { ASLEEP, RUNG } from '../thread/cells.ts'
import type { Channel } from './channel.ts'

/** So often this thread looks in vain before it waits to be woken. It takes about a tenth of a millisecond. */
const PATIENCE = 50

/** One round may bring bytes for thousands of connections. After so many it looks at once, so that the answers to the first go out meanwhile. */
const MANY = 32

/**
 * Lets the I/O thread take what the program sends. To wake a thread takes long. So, after something was sent or taken, this thread looks
 * in each round of Node's event loop, as long as the program is awake and may answer. Then it waits until the program wakes it.
 */
export class Poller {
  private isPolling = false
  /** How often it has looked in vain. */
  private vain = 0
  private sent = 0

  constructor(private readonly cells: Int32Array, private readonly channel: Channel) {}

  /** Something was sent to the program, or the program has woken this thread. All of one round of Node's event loop is sent together. */
  start(): void {
    this.vain = 0
    if (this.isPolling) return
    this.isPolling = true
    Atomics.store(this.cells, RUNG, 1) // from now on, the program need not wake this thread
    setImmediate(this.look)
  }

  /** Bytes were sent to the program. */
  lookNowAndThen(): void {
    if ((++this.sent & (MANY - 1)) === 0 && !this.channel.isEmpty) this.channel.receive()
  }

  private readonly look = (): void => {
    const { channel, cells } = this
    channel.flush()
    const isAsleep = Atomics.load(cells, ASLEEP) !== 0
    const { isEmpty } = channel // looked at after `isAsleep`: the program sends all that it has before it sleeps
    if (!isEmpty) {
      channel.receive()
      channel.flush()
      this.vain = 0
    } else if (isAsleep || ++this.vain >= PATIENCE) {
      Atomics.store(cells, RUNG, 0)
      if (channel.isEmpty) {
        this.isPolling = false
        return
      }
      Atomics.store(cells, RUNG, 1) // the program has sent something before it could see that it has to wake this thread
    }
    setImmediate(this.look)
  }
}
