// A library that knows nothing of loops: images are loaded in an executor's threads, and written to files; from the note on kinds of coroutines
import type * as childProcess from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NodeEventLoopPolicy, getEventLoop, gather, serve, setEventLoopPolicy } from 'yieldfrom/node'

/** Blocks its thread: a process loads the image by Node's own `fetch`, and this waits for its end. Python has `requests.get` for it. */
function get(url: string): Uint8Array {
  const { execFileSync } = require('node:child_process') as typeof childProcess
  const program = 'fetch(process.argv[1]).then(r => r.arrayBuffer()).then(all => process.stdout.write(Buffer.from(all)))'
  return new Uint8Array(execFileSync(process.execPath, ['-e', program, url]))
}

const folder = mkdtempSync(join(tmpdir(), 'images-'))

function* downloadImages(url: string) {
  console.log('download begins')
  const loop = getEventLoop()
  const future = loop.runInExecutor(null, get, url)
  const content = yield* future
  console.log('download ends')
  const fileName = url.split('_').at(-1) ?? ''
  writeFileSync(join(folder, fileName), content)
}

setEventLoopPolicy(new NodeEventLoopPolicy())
const loop = getEventLoop()
const server = loop.runUntilComplete(serve(function* (request) { // for the example
  return { headers: { 'content-type': 'image/jpeg' }, body: Buffer.alloc(Number(/\d+/.exec(request.path)?.[0])) }
}))
const [, port] = server.sockets[0] as [string, number]
const urlList = [10_000, 20_000, 30_000].map(size => `http://127.0.0.1:${port}/newsdfs/car_${size}.jpg`)
loop.runUntilComplete(gather(urlList.map(downloadImages)))
server.close()
loop.close()
for (const file of readdirSync(folder).sort()) console.log(file, statSync(join(folder, file)).size)
rmSync(folder, { recursive: true })
