// A context manager in a context manager: a response within a session; from the note on callbacks
import { type ContextManager, type Coroutine, EventLoop, VirtualHost, ensureFuture, sleep, use, wait } from 'yieldfrom'

/** In the place of an HTTP client: it answers with what it is asked for. */
class ClientSession implements ContextManager<ClientSession> {
  get(url: string) {
    return new Response(url)
  }

  *enter(): Coroutine<this> {
    return this
  }

  *exit() {
    console.log('session closed')
  }
}

class Response implements ContextManager<Response> {
  constructor(readonly url: string) {}

  *enter(): Coroutine<this> {
    yield* sleep(1000)
    return this
  }

  *exit() {
    console.log('response closed')
  }
}

function* fetch(session: ClientSession, url: string) {
  return yield* use(session.get(url), function* (response) {
    console.log('start fetch', loop.time() / 1000)
    yield* sleep(4000)
    return response.url
  })
}

function* run(url: string) {
  yield* use(new ClientSession(), function* (session) {
    const html = yield* fetch(session, url)
    console.log(html, loop.time() / 1000)
  })
}

const urls = ['https://www.example.com', 'https://www.example.net', 'https://www.example.org']
const loop = new EventLoop({ host: new VirtualHost() })
const tasks = urls.map(url => ensureFuture(run(url), { loop }))
loop.runUntilComplete(wait(tasks))
loop.close()
