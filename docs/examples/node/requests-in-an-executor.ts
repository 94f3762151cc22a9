// Requests that block, in an executor's threads: as many at once as there are; from the note on callbacks
import type * as childProcess from 'node:child_process'
import { Barrier, NodeEventLoopPolicy, ensureFuture, getEventLoop, serve, setEventLoopPolicy, sleep, wait } from 'yieldfrom/node'

/** Blocks its thread: a process loads the page by Node's own `fetch`, and this waits for its end. Python has `requests.get` for it. */
function get(url: string): { url: string; content: string } {
  const { execFileSync } = require('node:child_process') as typeof childProcess
  const program = 'fetch(process.argv[1]).then(r => r.text().then(content => console.log(JSON.stringify({ url: r.url, content }))))'
  return JSON.parse(execFileSync(process.execPath, ['-e', program, url], { encoding: 'utf8' })) as { url: string; content: string }
}

let printed = 0

function* run(url: string) {
  const loop = getEventLoop()
  const res = yield* loop.runInExecutor(null, get, url)
  console.log(res.url.replace(/:\d+/, ''), res.content)
  printed++
}

setEventLoopPolicy(new NodeEventLoopPolicy())
const loop = getEventLoop()
const all = new Barrier(3)
const server = loop.runUntilComplete(serve(function* (request) { // for the example: all three ask before it answers one after the other
  yield* all.wait()
  while (printed < Number(request.path.slice(1)) - 1) yield* sleep(10)
  return { body: 'hello' }
}))
const [, port] = server.sockets[0] as [string, number]
const urls = [3, 1, 2].map(n => `http://127.0.0.1:${port}/${n}`)
const tasks = urls.map(url => ensureFuture(run(url)))
loop.runUntilComplete(wait(tasks))
server.close()
loop.close()
