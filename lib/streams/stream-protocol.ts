import { describe } from '../base/describe.ts'
import { isCoroutine } from '../generator/coroutine.ts'
import type { Coroutine } from '../generator/types.ts'
import type { EventLoop } from '../task/event-loop.ts'
import type { Task } from '../task/task.ts'
import type { Transport } from '../transport/transport.ts'
import { FlowControl } from './flow-control.ts'
import type { StreamReader } from './stream-reader.ts'
import { StreamWriter } from './stream-writer.ts'

/** What a server does with a connection. It is a generator function, whose coroutine becomes a task, or a plain function. */
export type ConnectedCallback = (reader: StreamReader, writer: StreamWriter) => Coroutine<unknown> | void

/** Gives the bytes of a transport to a reader. It is Python's `StreamReaderProtocol`. */
export class StreamReaderProtocol extends FlowControl {
  private $transport: Transport | null = null

  /** @param connected for a server: is called with each connection. For a client it is `null`. */
  constructor(/** @internal */ readonly $reader: StreamReader, private readonly $connected: ConnectedCallback | null, loop: EventLoop) {
    super(loop)
  }

  override get $isServer(): boolean { return this.$connected !== null }

  override connectionMade(transport: Transport): void {
    this.$transport = transport
    this.$reader.setTransport(transport)
    if (this.$connected === null) return
    const loop = this.$loop as EventLoop
    const result: unknown = this.$connected(this.$reader, new StreamWriter(transport, this, this.$reader, loop))
    if (isCoroutine(result)) loop.createTask(result).addDoneCallback(task => { this.$served(task) })
  }

  override dataReceived(data: Uint8Array): void { this.$reader.feedData(data) }

  override eofReceived(): boolean {
    this.$reader.feedEof()
    return this.$transport?.getExtraInfo('cipher') === undefined // in TLS there is no half-closed connection
  }

  override connectionLost(error: Error | null): void {
    if (error === null) this.$reader.feedEof()
    else this.$reader.setException(error)
    super.connectionLost(error)
    this.$transport = null
  }

  private $served(task: Task): void {
    if (!task.cancelled()) {
      const exception = task.exception()
      if (exception === null) return
      this.$loop.callExceptionHandler({ message: `Unhandled exception in ${describe(this.$connected)}, which served a connection`, exception, task })
    }
    this.$transport?.close()
  }
}
