// An HTTP session: three pages at once, each response a context manager; and the reading of a page; from the note on callbacks
import { ClientSession, ensureFuture, getEventLoop, serve, setEventLoopPolicy, sleep, NodeEventLoopPolicy, use, wait } from 'yieldfrom/node'

function* fetch(session: ClientSession, url: string) {
  return yield* use(session.get(url), function* (response) {
    console.log('start fetch')
    yield* sleep(200)
    return `${response.url.split('/').at(-1) ?? ''}: ${yield* response.text()}`
  })
}

function* run(url: string) {
  yield* use(new ClientSession(), function* (session) {
    const html = yield* fetch(session, url)
    console.log(html)
  })
}

setEventLoopPolicy(new NodeEventLoopPolicy())
const loop = getEventLoop()
const server = loop.runUntilComplete(serve(function* (request) { // for the example
  yield* sleep(Number(request.path.slice(1)) * 50)
  return { body: 'hello' }
}))
const [, port] = server.sockets[0] as [string, number]
const urls = [1, 2, 3].map(n => `http://127.0.0.1:${port}/${n}`)
const tasks = urls.map(url => ensureFuture(run(url)))
loop.runUntilComplete(wait(tasks))
server.close()
loop.close()
