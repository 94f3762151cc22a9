import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readFile, stdout, writeFile } from '../../lib/node/index.ts'
import { Program } from '../support/programs.ts'
import { attempt } from '../support/stories.ts'
import { EPOLL_HOST, programWays, ways } from '../support/ways.ts'

describe.each(ways())('files, $way', ({ live }) => {
  it('are written and read', () => live(function* () {
    const path = join(mkdtempSync(join(tmpdir(), 'file-')), 'file')
    yield* writeFile(path, 'text')
    const log: unknown[] = [String(yield* readFile(path))]
    yield* writeFile(pathToFileURL(path), new Uint8Array([104, 105]))
    log.push(String(yield* readFile(pathToFileURL(path))))
    log.push(String(yield* attempt(() => readFile('/nowhere'))).split(':')[0], yield* attempt(() => readFile(5 as never)))
    return log
  }).then(log => { expect(log).toEqual(['text', 'hi', 'FileNotFoundError ENOENT', 'TypeError NOT_A_PATH: a path must be text or a file URL, not 5']) }))

  it('include the standard output, which is a writer', () => live(function* () {
    const writer = stdout()
    writer.write('')
    writer.writelines(['', Buffer.alloc(0)])
    writer.writeEof()
    yield* writer.drain()
    const { transport } = writer
    transport.pauseReading()
    transport.resumeReading()
    transport.setWriteBufferLimits()
    transport.setProtocol(transport.getProtocol())
    const log = [writer.canWriteEof(), writer.isClosing(), transport.isReading(), transport.getWriteBufferSize(), transport.getWriteBufferLimits(), writer.getExtraInfo('pipe')]
    transport.abort()
    writer.close()
    yield* writer.waitClosed()
    return log
  }).then(log => { expect(log).toEqual([false, false, false, 0, [0, 0], undefined]) }))
})

const RUN = { 'blocking': 'run(main())', 'attached': 'const loop = new EventLoop(); attach(loop); loop.createTask(main())', 'by epoll': `run(main(), ${EPOLL_HOST})` }

describe.each(programWays)('the standard streams of a program that runs %s', way => {
  const program = new Program(`
    import { EventLoop, NodeHost, attach, forEach, run, stdin, stdout } from 'yieldfrom/node'
    function* main() {
      const writer = stdout()
      let n = 0
      yield* forEach(stdin(), function* (line) {
        writer.write((++n) + ': ' + line)
      })
      writer.write('x'.repeat(1_000_000))
      process.exitCode = 3
    }
    ${RUN[way]}`)

  it('are read line by line, and lose nothing at the end, though who reads is slow', () => {
    const running = program.start()
    running.process.stdin?.end('one\ntwo')
    return running.ended.then(({ code, stdout: printed }) => {
      expect([code, printed.slice(0, 15), printed.length]).toEqual([3, '1: one\n2: twoxx', 1_000_013])
    })
  })

  it('may be a file', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'file-')), 'file')
    writeFileSync(path, 'from a file\n')
    return program.startWith(path).ended.then(({ stdout: printed }) => { expect(printed.slice(0, 15)).toBe('1: from a file\n') })
  })
})
