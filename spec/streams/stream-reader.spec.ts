import {
  type Coroutine, EventLoop, ManualHost, StreamReader, VirtualHost, createTask, forEach, getRunningLoop, run, sleep,
} from '../../lib/index.ts'
import { INSPECT } from '../../lib/base/inspect.ts'
import { attempt, slip, story, words } from '../support/stories.ts'

const bytes = (text: string): Uint8Array => Uint8Array.from(text, letter => letter.charCodeAt(0))
const text = (data: unknown): unknown => data instanceof Uint8Array ? String.fromCharCode(...data) : data

/** A reader that was fed, at its end if there is an end. */
function fed(pieces: string[], options: { eof?: boolean; limit?: number } = {}): StreamReader {
  const reader = new StreamReader(options.limit === undefined ? {} : { limit: options.limit })
  for (const piece of pieces) reader.feedData(bytes(piece))
  if (options.eof === true) reader.feedEof()
  return reader
}

/** What comes of several things, one after the other. */
const tried = (what: (reader: () => StreamReader) => Coroutine<unknown>[], make: () => StreamReader): unknown[] => story(function* (log) {
  const reader = make()
  for (const each of what(() => reader)) log.push(text(yield* attempt(() => each)))
})

describe('a StreamReader', () => {
  it('reads what is there, at most so much, and no bytes at the end', () => {
    expect(tried(r => [r().read(0), r().read(3), r().read(100), r().read(5), r().read(5)], () => fed(['hello', ' world'], { eof: true })))
      .toEqual(['', 'hel', 'lo world', '', ''])
  })

  it('reads all until the end', () => {
    expect(tried(r => [r().read(), r().read()], () => fed(['one', 'two', 'three'], { eof: true }))).toEqual(['onetwothree', ''])
  })

  it('puts together what came piece by piece until the end', () => {
    const readAll = (...pieces: string[]): unknown[] => story(function* (log) {
      const reader = new StreamReader()
      const task = createTask(reader.read())
      for (const piece of pieces) {
        yield* sleep(1)
        reader.feedData(bytes(piece))
      }
      yield* sleep(1)
      reader.feedEof()
      log.push(text(yield* task), reader.atEof())
    })
    expect([readAll(), readAll('one'), readAll('one', 'two', 'three')]).toEqual([['', true], ['one', true], ['onetwothree', true]])
  })

  it('waits for data, and for the end', () => {
    expect(story(function* (log) {
      const reader = new StreamReader()
      const task = createTask(function* (): Coroutine<void> {
        log.push(text(yield* reader.read(10)), text(yield* reader.read()), reader.atEof())
      }())
      yield* sleep(1)
      log.push('feed', reader.atEof())
      reader.feedData(bytes('first'))
      yield* sleep(1)
      reader.feedData(bytes(''))
      reader.feedData(bytes('se'))
      reader.feedData(bytes('cond'))
      log.push('end')
      reader.feedEof()
      yield* task
    })).toEqual(['feed', false, 'end', 'first', 'second', true])
  })

  it('reads lines, the last perhaps without its end', () => {
    expect(tried(r => [r().readline(), r().readline(), r().readline(), r().readline()], () => fed(['one\ntw', 'o\nth', 'ree'], { eof: true })))
      .toEqual(['one\n', 'two\n', 'three', ''])
  })

  it('is a stream of lines', () => {
    expect(story(function* (log) {
      yield* forEach(fed(['one\n\nthree\nfo', 'ur'], { eof: true }), function* (line) { log.push(text(line)) })
    })).toEqual(['one\n', '\n', 'three\n', 'four'])
  })

  it('throws away a line that is longer than its limit, and goes on behind it', () => {
    expect(tried(r => [r().readline(), r().readline()], () => fed(['longer\nab\n'], { limit: 3, eof: true })))
      .toEqual(['ValueError LINE_TOO_LONG: Separator is found, but chunk is longer than limit', 'ab\n'])
    expect(tried(r => [r().readline(), r().read()], () => fed(['longer'], { limit: 3 , eof: true })))
      .toEqual(['ValueError LINE_TOO_LONG: Separator is not found, and chunk exceed the limit', ''])
  })

  it('reads until a separator, also when that comes in pieces', () => {
    expect(story(function* (log) {
      const reader = new StreamReader()
      const task = createTask(reader.readuntil('-END-'))
      for (const piece of ['one-E', 'ND', '-two-EN', 'D', '-']) {
        yield* sleep(1)
        reader.feedData(bytes(piece))
      }
      log.push(text(yield* task), text(yield* reader.readuntil(bytes('D-'))))
    })).toEqual(['one-END-', 'two-END-'])
  })

  it('takes of several separators that which ends first', () => {
    expect(tried(r => [r().readuntil(['\r\n', '\n', 'yy']), r().readuntil(['zz', 'z']), r().readuntil(['bcd', 'c'])], () => fed(['a\r\nbzzabcd'])))
      .toEqual(['a\r\n', 'bz', 'zabc'])
  })

  it('leaves the bytes where they are when a separator does not come within the limit', () => {
    expect(story(function* (log) {
      const reader = fed(['some dataAAA'], { limit: 7 })
      for (const separator of ['A', 'AAA', 'B']) {
        try {
          yield* reader.readuntil(separator)
        } catch (error) {
          log.push(words(error), (error as { consumed: number }).consumed)
        }
      }
      log.push(text(yield* reader.readexactly(12)))
    })).toEqual([
      'LimitOverrunError LIMIT_OVERRUN: Separator is found, but chunk is longer than limit', 9,
      'LimitOverrunError LIMIT_OVERRUN: Separator is found, but chunk is longer than limit', 9,
      'LimitOverrunError LIMIT_OVERRUN: Separator is not found, and chunk exceed the limit', 12,
      'some dataAAA',
    ])
  })

  it('gives with the error what had come before the end', () => {
    expect(story(function* (log) {
      for (const read of [(reader: StreamReader) => reader.readuntil('B'), (reader: StreamReader) => reader.readexactly(10)]) {
        const reader = fed(['abc'], { eof: true })
        try {
          yield* read(reader)
        } catch (error) {
          const { partial, expected } = error as { partial: Uint8Array; expected: number | null }
          log.push(words(error), text(partial), expected, reader.atEof())
        }
      }
    })).toEqual([
      'IncompleteReadError INCOMPLETE_READ: 3 bytes read on a total of undefined expected bytes', 'abc', null, true,
      'IncompleteReadError INCOMPLETE_READ: 3 bytes read on a total of 10 expected bytes', 'abc', 10, true,
    ])
  })

  it('reads exactly so many bytes, of which none is read twice', () => {
    expect(tried(r => [r().readexactly(0), r().readexactly(4), r().readexactly(3), r().readexactly(2)], () => fed(['ab', 'cde', 'f', 'ghi'])))
      .toEqual(['', 'abcd', 'efg', 'hi'])
  })

  it('gives an error to who waits, and to who asks later', () => {
    expect(story(function* (log) {
      const reader = fed(['kept'])
      const waiting = createTask(attempt(() => reader.readexactly(5)))
      yield* sleep(1)
      log.push(reader.exception())
      reader.setException(new RangeError('broken'))
      log.push(yield* waiting, yield* attempt(() => reader.read(1)), yield* attempt(() => reader.readline()), yield* attempt(() => reader.readexactly(1)))
      log.push(words(reader.exception()))
    })).toEqual([null, ...Array.from({ length: 5 }, () => 'RangeError undefined: broken')])
  })

  it('goes on after a wait that was cancelled', () => {
    expect(story(function* (log) {
      const reader = new StreamReader()
      const task = createTask(reader.read(5))
      yield* sleep(1)
      task.cancel()
      reader.feedData(bytes('late'))
      yield* sleep(1)
      log.push(task.cancelled(), text(yield* reader.read(5)))
      const another = createTask(reader.read(5))
      yield* sleep(1)
      another.cancel()
      reader.setException(new RangeError('broken'))
      yield* sleep(1)
      log.push(another.cancelled())
    })).toEqual([true, 'late', true])
  })

  it('lets one coroutine wait at a time', () => {
    expect(story(function* (log) {
      const reader = new StreamReader()
      const task = createTask(reader.read(5))
      yield* sleep(1)
      log.push(yield* attempt(() => reader.readline()))
      task.cancel()
    })).toEqual(['RuntimeError READER_BUSY: readuntil() called while another coroutine is already waiting for incoming data'])
  })

  it('asks where its bytes come from to pause when too many are not read, and to go on when they are', () => {
    const log: unknown[] = []
    const source = { pauseReading: () => { log.push('pause') }, resumeReading: () => { log.push('resume') } }
    run(function* (): Coroutine<void> {
      const reader = new StreamReader({ limit: 3 })
      reader.setTransport(source)
      reader.feedData(bytes('123456'))
      log.push('six')
      reader.feedData(bytes('7'))
      reader.feedData(bytes('8'))
      log.push(text(yield* reader.read(4)), text(yield* reader.read(1)))
      reader.feedData(bytes('abcdef'))
      log.push(reader.toString())
      const task = createTask(reader.readexactly(12))
      yield* sleep(1)
      reader.feedData(bytes('xyz'))
      log.push(text(yield* task))
    }(), { host: new VirtualHost() })
    expect(log).toEqual(['six', 'pause', 'resume', '1234', '5', 'pause', '<StreamReader 9 bytes limit=3 transport=Object paused>', 'resume', 'pause', 'resume', '678abcdefxyz'])
  })

  it('says what it is', () => {
    run(function* (): Coroutine<void> {
      const reader = fed(['abc'], { eof: true })
      reader.setException(new Error('x'))
      expect(`${new StreamReader().toString()} ${reader.toString()}`).toBe('<StreamReader> <StreamReader 3 bytes eof exception=Error: x>')
      expect(reader[INSPECT]()).toBe(reader.toString())
    }(), { host: new VirtualHost() })
  })

  it('may belong to a loop that does not run', () => {
    const loop = new EventLoop({ host: new ManualHost() })
    const reader = new StreamReader({ loop })
    const task = loop.createTask(reader.read(3))
    loop.tick()
    reader.feedData(bytes('abc'))
    while (loop.tick().ready > 0);
    expect(text(task.result())).toBe('abc')
  })

  it('says what is wrong with what it is given', () => {
    expect(story(function* (log) {
      const reader = fed([], { eof: true })
      log.push(slip(() => new StreamReader({ limit: 0 })), slip(() => { reader.feedData(bytes('x')) }), slip(() => { reader.setException('x' as never) }))
      for (const separator of ['', [], 5, 'ä'] as never[]) log.push(yield* attempt(() => reader.readuntil(separator)))
      log.push(yield* attempt(() => reader.readexactly(-1)))
      log.push(getRunningLoop() instanceof EventLoop)
    })).toEqual([
      'ValueError BAD_LIMIT: the limit of a StreamReader is a number of bytes above zero',
      'RuntimeError AFTER_EOF: feedData() after feedEof(): the stream has ended',
      "TypeError NOT_AN_ERROR: setException() takes an error, not 'x'",
      'ValueError NO_SEPARATOR: Separator should be at least one-byte string',
      'ValueError NO_SEPARATOR: Separator should contain at least one element',
      "TypeError NOT_BYTES: readuntil() takes bytes or text, not 5. Write readuntil('\\n')",
      "TypeError NOT_ASCII: readuntil() takes text of ASCII only. Write new TextEncoder().encode('…')",
      'ValueError NEGATIVE_SIZE: readexactly size can not be less than zero',
      true,
    ])
  })
})
