import { constants } from 'node:os'
import { describe } from '../../base/describe.ts'
import { ArgumentError, ValueError } from '../../base/errors.ts'
import { INSPECT } from '../../base/inspect.ts'
import { ConnectionError, ProcessLookupError } from '../../base/os-errors.ts'
import { made, refuseExcess } from '../../generator/made.ts'
import type { Coroutine } from '../../generator/types.ts'
import { gather } from '../../group/gather.ts'
import type { StreamReader } from '../../streams/stream-reader.ts'
import type { StreamReaderProtocol } from '../../streams/stream-protocol.ts'
import { StreamWriter } from '../../streams/stream-writer.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import type { Future } from '../../task/future.ts'
import type { Writable } from '../../transport/transport.ts'
import type { PortableError } from '../io/portable-error.ts'
import type { Start, Started } from '../io/process.ts'
import type { Link, ResourceUser } from '../link/link.ts'
import { newStreamProtocol } from '../net/new-stream-protocol.ts'
import { systemError } from '../net/system-error.ts'
import { StreamTransport } from '../net/stream-transport.ts'

type Read<Stream> = Stream extends null ? null : Uint8Array

/** A process that was started. Its type says which of its streams are pipes. It is Python's `asyncio.subprocess.Process`. */
export class Process<In extends StreamWriter | null = StreamWriter | null, Out extends StreamReader | null = StreamReader | null,
  Err extends StreamReader | null = StreamReader | null> implements ResourceUser {
  /** Writes to its input, when that is a pipe; otherwise `null`. */
  stdin = null as In
  /** Reads its output, when that is a pipe; otherwise `null`. */
  stdout = null as Out
  /** Reads its error output, when that is a pipe; otherwise `null`. */
  stderr = null as Err
  private $pid = 0
  private $returncode: number | null = null
  private readonly $id: number
  private readonly $exited: Future<number>
  private readonly $spawned: Future<void>

  /** @internal */
  constructor(/** @internal */ readonly $loop: EventLoop, private readonly $link: Link, start: Start, private readonly $limit: number) {
    this.$exited = $loop.createFuture()
    this.$spawned = $loop.createFuture()
    this.$id = $link.open('process', start, this)
  }

  /** The number of the process. */
  get pid(): number { return this.$pid }

  /** Its exit code. If a signal has ended the process, the negative number of the signal. `null` while the process runs. */
  get returncode(): number | null { return this.$returncode }

  /** Wait until the process has ended. @returns its `returncode`. */
  wait(): Coroutine<number> { return made(this.$$wait(), 'process.wait()', arguments.length) }

  private *$$wait(): Coroutine<number> {
    if (this.$returncode !== null) return this.$returncode
    const ended = this.$loop.createFuture<number>() // a future of its own, so that a cancelled wait cancels nothing else
    const tell = (): void => {
      if (ended.done()) return
      if (this.$exited.exception() === null) ended.setResult(this.$exited.result())
      else ended.setException(this.$exited.exception() as Error)
    }
    this.$exited.addDoneCallback(tell)
    return yield* ended
  }

  /**
   * Write to its input, read its outputs to their ends, and wait until the process has ended. If the wait is cancelled, the
   * process is killed.
   * @param input what to write.
   * @returns what came from stdout and from stderr; `null` for one that is not a pipe.
   * @throws TypeError when `input` is neither bytes nor text.
   */
  communicate(input?: Writable): Coroutine<[Read<Out>, Read<Err>]> {
    refuseExcess('process.communicate()', arguments.length - 1, "Write communicate('the whole input')")
    return made(this.$$communicate(checkedInput(input)), 'process.communicate()')
  }

  private *$$communicate(input: Writable | undefined): Coroutine<[Read<Out>, Read<Err>]> {
    try {
      const [, stdout, stderr] = yield* gather([this.$write(input), readAll(this.stdout), readAll(this.stderr)])
      yield* this.wait()
      return [stdout as Read<Out>, stderr as Read<Err>]
    } catch (error) {
      if (this.$returncode === null) this.$link.tell(this.$id, 'kill', 'SIGKILL')
      throw error
    }
  }

  /** Send the process a signal: `process.sendSignal('SIGUSR1')`. @throws ProcessLookupError when the process has ended; ValueError for no signal. */
  sendSignal(signal: string): void {
    if (!(signal in constants.signals)) throw new ValueError(`${describe(signal)} is not a signal. Write 'SIGTERM'`, { code: 'BAD_SIGNAL' })
    if (this.$returncode !== null) throw new ProcessLookupError(`process ${this.$pid} has ended, so it can get no signal`, { code: 'PROCESS_ENDED' })
    this.$link.tell(this.$id, 'kill', signal)
  }

  /** Ask the process to end, by SIGTERM. @throws ProcessLookupError when it has ended. */
  terminate(): void {
    refuseExcess('process.terminate()', arguments.length, "It takes no signal. Write sendSignal('SIGINT') or kill()")
    this.sendSignal('SIGTERM')
  }

  /** End the process, by SIGKILL. @throws ProcessLookupError when it has ended. */
  kill(): void {
    refuseExcess('process.kill()', arguments.length, "It takes no signal. Write sendSignal('SIGTERM') or terminate()")
    this.sendSignal('SIGKILL')
  }

  toString(): string { return `<Process ${this.$pid} ${this.$returncode === null ? 'running' : `returncode=${this.$returncode}`}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** Wait until the process runs. @internal */
  *$started(): Coroutine<this> {
    try {
      yield* this.$spawned
    } catch (error) {
      this.$link.tell(this.$id, 'kill', 'SIGKILL')
      throw error
    }
    return this
  }

  // As the user of a resource

  /** @internal */
  $onReport(event: string, value: unknown): void {
    switch (event) {
      case 'spawned': this.$begin(value as Started); break
      case 'failed': this.$onLost(systemError(value as PortableError)); break
      case 'exit': this.$end(value as [number | null, keyof typeof constants.signals | null])
    }
  }

  /** @internal */
  $onLost(error: Error): void {
    this.$link.drop(this.$id)
    for (const future of [this.$spawned, this.$exited]) {
      if (future.done()) continue
      future.setException(error)
      future.$markRead()
    }
  }

  /** The process goes on. Its pipes are closed. @internal */
  $orphan(): void { this.$link.drop(this.$id) }

  private $begin({ pid, pipes: [stdin, stdout, stderr] }: Started): void {
    this.$pid = pid
    if (typeof stdin === 'number') this.stdin = this.$writer(stdin) as In
    if (typeof stdout === 'number') this.stdout = this.$reader(stdout) as Out
    if (typeof stderr === 'number') this.stderr = this.$reader(stderr) as Err
    if (!this.$spawned.done()) this.$spawned.setResult()
  }

  private $end([code, signal]: [number | null, keyof typeof constants.signals | null]): void {
    this.$link.drop(this.$id)
    this.$returncode = signal === null ? code ?? 0 : -constants.signals[signal]
    if (!this.$exited.done()) this.$exited.setResult(this.$returncode)
  }

  private $reader(id: number): StreamReader {
    const { protocol } = this.$pipe(id)
    return protocol.$reader
  }

  private $writer(id: number): StreamWriter {
    const { protocol, transport } = this.$pipe(id)
    return new StreamWriter(transport, protocol, null, this.$loop)
  }

  private $pipe(id: number): { protocol: StreamReaderProtocol; transport: StreamTransport } {
    const protocol = newStreamProtocol(this.$loop, null, this.$limit)
    const transport = new StreamTransport(this.$loop, this.$link, protocol, { pid: this.$pid })
    transport.$adopt(id)
    transport.$begin()
    return { protocol, transport }
  }

  private *$write(input: Writable | undefined): Coroutine<void> {
    const stdin: StreamWriter | null = this.stdin
    if (stdin === null) return
    try {
      if (input !== undefined) {
        stdin.write(input)
        yield* stdin.drain()
      }
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error // the process does not want to read it all
    }
    stdin.close()
  }
}

function* readAll(reader: StreamReader | null): Coroutine<Uint8Array | null> { return reader === null ? null : yield* reader.read() }

/** What to write to a process. @throws TypeError when it is something else, such as the options of Node's functions. */
function checkedInput(input: unknown): Writable | undefined {
  if (input === undefined || typeof input === 'string' || ArrayBuffer.isView(input)) return input as Writable | undefined
  const { input: meant } = Object(input) as { input?: unknown }
  const what = typeof meant === 'string' ? describe(meant) : "'text'"
  throw new ArgumentError(`communicate() takes bytes or text, not ${describe(input)}. Write communicate(${input === null ? '' : what})`, 'NOT_BYTES')
}
