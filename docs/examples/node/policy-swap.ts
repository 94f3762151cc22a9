// The policy swap: the same program in the default loop and in one with real input and output, measured before and after; from the note on kinds of coroutines
import {
  NodeEventLoopPolicy, type StreamReader, type StreamWriter, gather, newEventLoop, openConnection, setEventLoopPolicy, sleep, startServer, use,
} from 'yieldfrom/node'

function* takeTurns() {
  for (let i = 0; i < 1000; i++) yield* sleep(0)
  return 1000
}

function* main() {
  const turns = yield* gather(Array.from({ length: 100 }, takeTurns))
  return turns.reduce((all, each) => all + each)
}

function measure(title: string) {
  const loop = newEventLoop()
  loop.runUntilComplete(main()) // to be warm
  const start = performance.now()
  const turns = loop.runUntilComplete(main())
  console.log(`${title}: ${turns} turns took ${(performance.now() - start).toFixed(1)} ms`)
  loop.close()
}

/** What the default loop cannot do. */
function* talk() {
  const server = yield* startServer(function* (reader: StreamReader, writer: StreamWriter) {
    writer.write(yield* reader.readline())
    writer.close()
  }, '127.0.0.1', 0)
  yield* use(server, function* ({ sockets }) {
    const [, port] = sockets[0] as [string, number]
    const [reader, writer] = yield* openConnection('127.0.0.1', port)
    writer.write('hello world\n')
    console.log('over a socket:', String(yield* reader.readline()).trim())
    writer.close()
  })
}

measure('before')
setEventLoopPolicy(new NodeEventLoopPolicy())
measure('after')
const loop = newEventLoop()
loop.runUntilComplete(talk())
loop.close()
setEventLoopPolicy(null)
