import {
  type Coroutine, EventLoop, StreamReader, VirtualHost, createTask, currentTask, gather, getRunningLoop, run, setEventLoop, sleep,
} from '../../lib/index.ts'
import { FlowControl } from '../../lib/streams/flow-control.ts'
import { StreamReaderProtocol } from '../../lib/streams/stream-protocol.ts'
import type { Transport } from '../../lib/transport/transport.ts'
import { attempt, slip, story } from '../support/stories.ts'

/** The fine print of asyncio's reader: where data, limits, separators and ends meet. */

const bytes = (text: string): Uint8Array => Uint8Array.from(text, letter => letter.charCodeAt(0))
const text = (data: unknown): unknown => data instanceof Uint8Array ? String.fromCharCode(...data) : data

interface Feeding {
  readonly limit?: number
  readonly before?: readonly string[]
  /** What comes once somebody waits, all in one turn. */
  readonly after?: readonly string[]
  readonly eof?: boolean
}

/** What is read from a reader, and then what is left in it. */
function read(feeding: Feeding, ...reads: ((reader: StreamReader) => Coroutine<unknown>)[]): unknown[] {
  return story(function* (log) {
    const { limit, before = [], after = [], eof = false } = feeding
    const reader = new StreamReader(limit === undefined ? {} : { limit })
    for (const piece of before) reader.feedData(bytes(piece))
    getRunningLoop().callSoon(() => {
      for (const piece of after) reader.feedData(bytes(piece))
      if (eof) reader.feedEof()
    })
    for (const each of reads) {
      log.push(text(yield* createTask(attempt(() => each(reader)))))
      log.push(reader.atEof())
    }
    yield* sleep(0)
    if (!eof) reader.feedEof()
    log.push(text(yield* attempt(() => reader.read())))
  }).filter(line => typeof line !== 'boolean' || line)
}

const FOUND = 'Separator is found, but chunk is longer than limit'
const NOT_FOUND = 'Separator is not found, and chunk exceed the limit'

describe('read()', () => {
  it('takes no bytes when the end is all that comes', () => {
    expect(read({ eof: true }, reader => reader.read(1024))).toEqual(['', true, ''])
  })

  it('gives all that came in one turn, when it waits for the end', () => {
    expect(read({ after: ['one\n', 'two'], eof: true }, reader => reader.read(-1))).toEqual(['one\ntwo', true, ''])
  })

  it('knows no lines, and no limit', () => {
    expect(read({ before: ['line1', 'line2'], limit: 3 }, reader => reader.read(5), reader => reader.read(9))).toEqual(['line1', 'line2', ''])
  })

  it('continues behind a line', () => {
    expect(read({ before: ['line1\nline2\nline3\n'] }, reader => reader.readline(), reader => reader.read(7))).toEqual(['line1\n', 'line2\nl', 'ine3\n'])
  })
})

describe('readline()', () => {
  it('waits until the pieces make a line', () => {
    expect(read({ before: ['a '], after: ['b ', 'c ', '\n d'] }, reader => reader.readline())).toEqual(['a b c \n', ' d'])
  })

  it('gives at the end what there is, and then nothing', () => {
    expect(read({ before: ['some data'], eof: true }, reader => reader.readline(), reader => reader.readline())).toEqual(['some data', true, '', true, ''])
  })

  it('is at the end with the last line only', () => {
    expect(read({ before: ['one\n'], after: ['two\n'], eof: true }, reader => reader.readline(), reader => reader.readline())).toEqual(['one\n', 'two\n', true, ''])
  })

  it('throws too long a line away, and no more than that', () => {
    expect(read({ limit: 7, after: ['chunk1', 'chunk2', 'chunk3\n'], eof: true }, reader => reader.readline())).toEqual([`ValueError LINE_TOO_LONG: ${FOUND}`, true, ''])
    expect(read({ limit: 7, after: ['chunk1', 'chunk2\n', 'chunk3\n'], eof: true }, reader => reader.readline())).toEqual([`ValueError LINE_TOO_LONG: ${FOUND}`, 'chunk3\n'])
    expect(read({ limit: 3, before: ['li', 'ne1', 'li'] }, reader => reader.readline())).toEqual([`ValueError LINE_TOO_LONG: ${NOT_FOUND}`, ''])
  })

  it('allows as many bytes before the end of the line as the limit says, and not one more', () => {
    expect(read({ limit: 7, before: ['1234567\n'] }, reader => reader.readline())).toEqual(['1234567\n', ''])
    expect(read({ limit: 7, before: ['12345678\n'] }, reader => reader.readline())).toEqual([`ValueError LINE_TOO_LONG: ${FOUND}`, ''])
    expect(read({ limit: 7, before: ['12345678'] }, reader => reader.readline())).toEqual([`ValueError LINE_TOO_LONG: ${NOT_FOUND}`, ''])
  })
})

describe('readuntil()', () => {
  it.each([
    [['QWEaa', 'XYaa', 'a'], 'QWEaaXYaaa'], [['QWEaa', 'XYa', 'aa'], 'QWEaaXYaaa'], [['aaa'], 'aaa'], [['Xaaa'], 'Xaaa'], [['XXX', 'a', 'a', 'a'], 'XXXaaa'], [['aaaaxxx'], 'aaa'],
  ])('is not misled by what looks like its separator: %j', (pieces, expected) => {
    const left = pieces.join('').slice(expected.length)
    expect(read({ before: pieces }, reader => reader.readuntil('aaa'))).toEqual([expected, left])
    expect(read({ after: pieces }, reader => reader.readuntil(bytes('aaa')))).toEqual([expected, left])
  })

  it('says with part of a separator at the end what it has', () => {
    expect(read({ before: ['some dataAA'], eof: true }, reader => reader.readuntil('AAA'))).toEqual(['IncompleteReadError INCOMPLETE_READ: 11 bytes read on a total of undefined expected bytes', true, ''])
  })

  it('leaves the bytes beyond its limit, whether the separator has come or not', () => {
    expect(story(function* (log) {
      const reader = new StreamReader({ limit: 3 })
      reader.feedData(bytes('some dataAA'))
      log.push(yield* attempt(() => reader.readuntil('AAA')))
      reader.feedData(bytes('A'))
      log.push(yield* attempt(() => reader.readuntil('AAA')), reader.toString())
    })).toEqual([`LimitOverrunError LIMIT_OVERRUN: ${NOT_FOUND}`, `LimitOverrunError LIMIT_OVERRUN: ${FOUND}`, '<StreamReader 12 bytes limit=3>'])
  })

  it('takes of several separators that which ends first, although a longer one begins before', () => {
    expect(read({ before: ['line 1\nline 2\r'] }, reader => reader.readuntil(['\r', '\n']), reader => reader.readuntil(['\r', '\n']))).toEqual(['line 1\n', 'line 2\r', ''])
    expect(read({ before: ['ABCDEFG'] }, reader => reader.readuntil(['DEF', 'BCDE']))).toEqual(['ABCDE', 'FG'])
    expect(read({ before: ['data'], after: ['Z', 'Aaaa'] }, reader => reader.readuntil(['A', 'long sep']))).toEqual(['dataZA', 'aaa'])
  })

  it('counts against the limit what stands before the separator that ends first, and of those the longest', () => {
    expect(read({ limit: 3, before: ['some dataA'] }, reader => reader.readuntil(['A', 'ome dataA']))).toEqual([`LimitOverrunError LIMIT_OVERRUN: ${FOUND}`, 'some dataA'])
  })

  it('refuses an empty one among several', () => {
    expect(read({}, reader => reader.readuntil(['']))).toEqual(['ValueError NO_SEPARATOR: Separator should be at least one-byte string', ''])
  })
})

describe('readexactly()', () => {
  it('waits for the bytes, whatever the limit, and takes no more', () => {
    expect(read({ limit: 3, after: ['line1\n', 'line1\n', 'line1\n'] }, reader => reader.readexactly(12))).toEqual(['line1\nline1\n', 'line1\n'])
  })

  it('says at the end how many there were, which are gone', () => {
    expect(read({ after: ['line1\n'], eof: true }, reader => reader.readexactly(12))).toEqual(['IncompleteReadError INCOMPLETE_READ: 6 bytes read on a total of 12 expected bytes', true, ''])
  })

  it('takes nothing when it is asked for less than nothing', () => {
    expect(read({ before: ['kept'] }, reader => reader.readexactly(-1), reader => reader.readexactly(0))).toEqual(['ValueError NEGATIVE_SIZE: readexactly size can not be less than zero', '', 'kept'])
  })
})

describe('a reader', () => {
  it('says who waits, and where its bytes come from', () => {
    expect(story(function* (log) {
      const reader = new StreamReader({ limit: 123 })
      const task = createTask(reader.read(1))
      yield* sleep(0)
      log.push(reader.toString())
      task.cancel()
      yield* sleep(0)
      class Source { pauseReading() { /* nothing */ } resumeReading() { /* nothing */ } }
      reader.setTransport(new Source())
      log.push(reader.toString(), slip(() => new StreamReader({ limit: -1 })))
    })).toEqual([
      '<StreamReader limit=123 waiter=<Future pending>>', expect.stringMatching(/^<StreamReader limit=123 transport=.*Source.*>$/),
      'ValueError BAD_LIMIT: the limit of a StreamReader is a number of bytes above zero',
    ])
  })

  it('belongs to the loop that runs, or to the one that is set; without one it cannot be made', () => {
    expect(String(slip(() => new StreamReader()))).toMatch(/^RuntimeError /)
    const loop = new EventLoop({ host: new VirtualHost() })
    setEventLoop(loop)
    try {
      const reader = new StreamReader()
      loop.callSoon(() => { reader.feedData(bytes('x')) })
      expect(text(loop.runUntilComplete(reader.read(1)))).toBe('x')
    } finally {
      setEventLoop(null)
      loop.close()
    }
  })
})

describe('drain()', () => {
  it('is let go for all that wait', () => {
    const drained = run(function* () {
      const control = new FlowControl(getRunningLoop())
      control.pauseWriting()
      getRunningLoop().callLater(100, () => { control.resumeWriting() })
      const start = getRunningLoop().time()
      yield* gather(Array.from({ length: 10 }, () => control.$drain()))
      return getRunningLoop().time() - start
    }(), { host: new VirtualHost() })
    expect(drained).toBe(100)
  })
})

describe('who serves a connection', () => {
  it('may cancel itself: that is no error, and its connection is closed', () => {
    const log: unknown[] = []
    const loop = new EventLoop({ host: new VirtualHost(), logger: line => { log.push(line) } })
    const transport = { getExtraInfo: () => undefined, close() { log.push('closed') } } as unknown as Transport
    const protocol = new StreamReaderProtocol(new StreamReader({ loop }), function* serve(reader, writer) {
      log.push('serves')
      writer.close()
      currentTask()?.cancel()
      yield* reader.read(1)
    }, loop)
    protocol.connectionMade(transport)
    loop.runUntilComplete(sleep(1))
    expect(log).toEqual(['serves', 'closed', 'closed'])
  })
})
