import { constants } from 'node:os'
import { ConnectionError } from '../../base/os-errors.ts'
import { RuntimeError } from '../../base/errors.ts'
import type { Coroutine } from '../../generator/types.ts'
import { gather } from '../../group/gather.ts'
import type { StreamReader } from '../../streams/stream-reader.ts'
import { StreamReaderProtocol } from '../../streams/stream-protocol.ts'
import { StreamWriter } from '../../streams/stream-writer.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import type { Future } from '../../task/future.ts'
import type { Writable } from '../../transport/transport.ts'
import type { PortableError } from '../engine/portable-error.ts'
import type { Start, Started } from '../engine/processes.ts'
import type { Link, Owner } from '../link/link.ts'
import { revive } from '../net/errors.ts'
import { StreamTransport } from '../net/stream-transport.ts'
import { BufferReader } from '../net/streams.ts'

/** A process that was started (Python's `asyncio.subprocess.Process`). */
export class Process implements Owner {
  /** Of the pipe to its input, if there is one. */
  stdin: StreamWriter | null = null
  /** What the process prints; `null` when it is not a pipe. */
  stdout: StreamReader | null = null
  /** The errors that the process prints; `null` when it is not a pipe. */
  stderr: StreamReader | null = null
  private $pid = 0
  private $returncode: number | null = null
  private readonly $id: number
  private readonly $exited: Future<number>
  private readonly $spawned: Future<void>

  /** @internal */
  constructor(private readonly $loop: EventLoop, private readonly $link: Link, start: Start, private readonly $limit: number) {
    this.$exited = $loop.createFuture()
    this.$spawned = $loop.createFuture()
    this.$id = $link.open('process', start, this)
  }

  /** The number that the system gave to the process. */
  get pid(): number { return this.$pid }

  /** What it ended with: its exit code, or the number of the signal that ended it, negative; `null` while it runs. */
  get returncode(): number | null { return this.$returncode }

  /** Until it has ended. @returns its `returncode`. */
  *wait(): Coroutine<number> {
    if (this.$returncode !== null) return this.$returncode
    const ended = this.$loop.createFuture<number>() // its own, so that a cancelled wait cancels nothing else
    const tell = (): void => {
      if (ended.done()) return
      if (this.$exited.exception() === null) ended.setResult(this.$exited.result())
      else ended.setException(this.$exited.exception() as Error)
    }
    this.$exited.addDoneCallback(tell)
    return yield* ended
  }

  /**
   * Write to its input, read its outputs to their ends, and wait until it has ended. If this is cancelled, the process is
   * killed.
   * @returns what came on stdout and on stderr; `null` for one that is no pipe.
   */
  *communicate(input?: Writable): Coroutine<[Uint8Array | null, Uint8Array | null]> {
    try {
      const [, stdout, stderr] = yield* gather([this.$feed(input), readAll(this.stdout), readAll(this.stderr)])
      yield* this.wait()
      return [stdout, stderr]
    } catch (error) {
      if (this.$returncode === null) this.$link.tell(this.$id, 'kill', 'SIGKILL')
      throw error
    }
  }

  /** Send it a signal: `'SIGUSR1'`. @throws RuntimeError when it has ended. */
  sendSignal(signal: string): void {
    if (this.$returncode !== null) throw new RuntimeError(`process ${this.$pid} has ended: there is nobody to send a signal to`, { code: 'PROCESS_ENDED' })
    this.$link.tell(this.$id, 'kill', signal)
  }

  /** Ask it to end, by SIGTERM. */
  terminate(): void { this.sendSignal('SIGTERM') }

  /** End it, by SIGKILL. */
  kill(): void { this.sendSignal('SIGKILL') }

  toString(): string { return `<Process ${this.$pid} ${this.$returncode === null ? 'running' : `returncode=${this.$returncode}`}>` }

  /** Until it runs. @internal */
  *$started(): Coroutine<this> {
    try {
      yield* this.$spawned
    } catch (error) {
      this.$link.tell(this.$id, 'kill', 'SIGKILL')
      throw error
    }
    return this
  }

  // As the owner of what is served

  /** The link calls this with what the other side tells. */
  onTold(event: string, value: unknown): void {
    switch (event) {
      case 'spawned': this.$begin(value as Started); break
      case 'failed': this.onLost(revive(value as PortableError)); break
      case 'exit': this.$end(value as [number | null, keyof typeof constants.signals | null])
    }
  }

  onLost(error: Error): void {
    this.$link.drop(this.$id)
    for (const future of [this.$spawned, this.$exited]) {
      if (future.done()) continue
      future.setException(error)
      future.$markRead()
    }
  }

  private $begin({ pid, pipes: [stdin, stdout, stderr] }: Started): void {
    this.$pid = pid
    if (typeof stdin === 'number') this.stdin = this.$writer(stdin)
    if (typeof stdout === 'number') this.stdout = this.$reader(stdout)
    if (typeof stderr === 'number') this.stderr = this.$reader(stderr)
    if (!this.$spawned.done()) this.$spawned.setResult()
  }

  private $end([code, signal]: [number | null, keyof typeof constants.signals | null]): void {
    this.$link.drop(this.$id)
    this.$returncode = signal === null ? code ?? 0 : -constants.signals[signal]
    if (!this.$exited.done()) this.$exited.setResult(this.$returncode)
  }

  private $reader(id: number): StreamReader {
    const { reader } = this.$pipe(id)
    return reader
  }

  private $writer(id: number): StreamWriter {
    const { protocol, transport } = this.$pipe(id)
    return new StreamWriter(transport, protocol, null, this.$loop)
  }

  private $pipe(id: number): { reader: StreamReader; protocol: StreamReaderProtocol; transport: StreamTransport } {
    const reader = new BufferReader({ loop: this.$loop, limit: this.$limit })
    const protocol = new StreamReaderProtocol(reader, null, this.$loop)
    const transport = new StreamTransport(this.$loop, this.$link, protocol, { pid: this.$pid }, () => undefined)
    transport.$id = id
    this.$link.adopt(id, transport)
    transport.$begin()
    return { reader, protocol, transport }
  }

  private *$feed(input: Writable | undefined): Coroutine<void> {
    const { stdin } = this
    if (stdin === null) return
    try {
      if (input !== undefined) {
        stdin.write(input)
        yield* stdin.drain()
      }
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error // it does not want to read all
    }
    stdin.close()
  }
}

function* readAll(reader: StreamReader | null): Coroutine<Uint8Array | null> { return reader === null ? null : yield* reader.read() }

