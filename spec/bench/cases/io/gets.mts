import { Pool } from 'undici'
import { ClientSession, type Coroutine, EventLoop, attach, gather, run, use } from 'yieldfrom/node'
import { serving } from './echo.mts'

const SIDE_BY_SIDE = 8
/** So many for each of them, and as many before: V8 compiles for some thousands of requests, and then they take two thirds of the time. */
const GETS = 4000

/** Nanoseconds of one request, eight side by side, over connections that are kept. */
export function gets(kind: 'undici' | 'blocking' | 'attached'): Promise<number> {
  return serving(kind, port => {
    const url = `http://127.0.0.1:${String(port)}`
    switch (kind) {
      case 'undici': return byUndici(url)
      case 'blocking': return Promise.resolve(run(bySession(url)))
      case 'attached': return attached(url)
    }
  }, 'http-server')
}

function nanoseconds(start: number): number { return (performance.now() - start) * 1e6 / (SIDE_BY_SIDE * GETS) }

async function byUndici(url: string): Promise<number> {
  const pool = new Pool(url, { connections: SIDE_BY_SIDE })
  const one = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await (await pool.request({ path: '/', method: 'GET' })).body.text()
  }
  const all = (count: number): Promise<unknown> => Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => one(count)))
  await all(GETS)
  const start = performance.now()
  await all(GETS)
  return nanoseconds(start)
}

function* bySession(url: string): Coroutine<number> {
  return yield* use(new ClientSession({ limit: SIDE_BY_SIDE }), function* (session) {
    function* one(): Coroutine<void> {
      for (let i = 0; i < GETS; i++) yield* (yield* session.get(url)).text()
    }
    const all = (): Coroutine<unknown> => gather(Array.from({ length: SIDE_BY_SIDE }, one)) as unknown as Coroutine<unknown>
    yield* all()
    const start = performance.now()
    yield* all()
    return nanoseconds(start)
  })
}

function attached(url: string): Promise<number> {
  const loop = new EventLoop()
  const attachment = attach(loop)
  const task = loop.createTask(bySession(url))
  return new Promise<number>((resolve, reject) => {
    task.addDoneCallback(() => {
      attachment.detach()
      const error = task.exception()
      if (error === null) resolve(task.result())
      else reject(error)
    })
  })
}
