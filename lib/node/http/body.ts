import { made, refuseExcess } from '../../generator/made.ts'
import type { Coroutine } from '../../generator/types.ts'
import { forEach } from '../../iteration/for-each.ts'
import type { Stream } from '../../iteration/stream.ts'
import type { StreamReader } from '../../streams/stream-reader.ts'
import type { StreamWriter } from '../../streams/stream-writer.ts'
import type { Writable } from '../../transport/transport.ts'

/** The body of a request or an answer: bytes, text, or a stream of these. */
export type Body = Writable | Stream<Writable>

export function isStream(body: unknown): body is Stream<Writable> {
  return typeof (body as Partial<Stream<Writable>> | null | undefined)?.iterate === 'function'
}

/** Write a whole body, no faster than the other end reads. */
export function* sendBody(writer: StreamWriter, body: Body): Coroutine<void> {
  if (!isStream(body)) {
    writer.write(body)
    return
  }
  yield* forEach(body, function* (piece) {
    writer.write(piece)
    yield* writer.drain()
  })
}

type Calls = Readonly<Record<'read' | 'text' | 'json', string>>

/** The words for what reads a body, for errors and reports. @param name `response` or `request`. */
export function callsOf(name: string): Calls { return { read: `${name}.read()`, text: `${name}.text()`, json: `${name}.json()` } }

/** Something with a body that can be read in several ways. */
export abstract class HasBody {
  private $read: Uint8Array | null = null

  /** Its methods, as programs call them. @internal */
  abstract readonly $calls: Calls

  /** The body as a stream, for a body that is too large to be read as a whole. */
  abstract readonly content: StreamReader

  /** The whole body, as bytes. */
  read(): Coroutine<Uint8Array> {
    refuseExcess(this.$calls.read, arguments.length, 'It reads the whole body. For a piece of it write content.read(n)')
    return made(this.$$read(), this.$calls.read)
  }

  private *$$read(): Coroutine<Uint8Array> { return this.$read ??= yield* this.content.read() }

  /** The whole body, as text. It is read as UTF-8. */
  text(): Coroutine<string> { return made(this.$$text(), this.$calls.text, arguments.length) }

  private *$$text(): Coroutine<string> { return String(yield* this.read()) }

  /** The whole body, read as JSON. @throws SyntaxError when it is not JSON. */
  json<T = unknown>(): Coroutine<T> { return made(this.$$json<T>(), this.$calls.json, arguments.length) }

  private *$$json<T>(): Coroutine<T> { return JSON.parse(yield* this.text()) as T }
}
