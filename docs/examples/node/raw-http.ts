// HTTP by hand, over TCP: ten pages at once, read by `forEach`; all at the end, and then each as it comes; from the note on native coroutines
import {
  type Coroutine, type Server, type StreamReader, type StreamWriter, asCompleted, ensureFuture, forEach, gather, openConnection, run, sleep, startServer, use,
} from 'yieldfrom/node'

/** A server for the example: page 3 takes 30 ms. */
function* page(reader: StreamReader, writer: StreamWriter) {
  const request = String(yield* reader.readuntil('\r\n\r\n'))
  const n = Number(/\d+/.exec(request)?.[0])
  yield* sleep(n * 30)
  writer.write(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nThis is page ${n}.\n`)
  writer.close()
}

function* getHtml(port: number, n: number): Coroutine<string> {
  const [reader, writer] = yield* openConnection('127.0.0.1', port)
  writer.write(`GET /${n} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
  console.log('sended')
  const datas: string[] = []
  yield* forEach(reader, function* (data) {
    datas.push(String(data))
  })
  writer.close()
  return datas.join('').split('\r\n\r\n')[1]?.trim() ?? ''
}

function* main() {
  yield* use(yield* startServer(page, '127.0.0.1', 0), function* (server: Server) {
    const [, port] = server.sockets[0] as [string, number]
    const pages = yield* gather([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(n => getHtml(port, n)))
    for (const html of pages) console.log(html)

    const tasks = [4, 2, 6].map(n => ensureFuture(getHtml(port, n)))
    for (const next of asCompleted(tasks)) console.log(yield* next)
  })
}

run(main())
