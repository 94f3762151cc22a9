// Three images: loaded one after the other, then concurrently, into files; from the note on kinds of coroutines
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClientSession, createTask, run, serve, sleep, use, wait, writeFile } from 'yieldfrom/node'

const folder = mkdtempSync(join(tmpdir(), 'images-'))

function* downloadImage(session: ClientSession, url: string) {
  const fileName = join(folder, url.split('_').at(-1) ?? '')
  yield* use(session.get(url), function* (response) {
    yield* writeFile(fileName, yield* response.read())
  })
  return fileName
}

function* main() {
  // A server for the example: each image takes 100 ms.
  const server = yield* serve(function* (request) {
    yield* sleep(100)
    const size = Number(/\d+/.exec(request.path)?.[0])
    return { headers: { 'content-type': 'image/jpeg' }, body: Buffer.alloc(size) }
  })
  const [, port] = server.sockets[0] as [string, number]
  const urlList = [10_000, 20_000, 30_000].map(size => `http://127.0.0.1:${port}/newsdfs/car_${size}.jpg`)

  yield* use(new ClientSession(), function* (session) {
    const start = performance.now()
    for (const url of urlList) {
      const file = yield* downloadImage(session, url)
      console.log('one after the other:', statSync(file).size)
    }
    const oneByOne = performance.now() - start

    const again = performance.now()
    const tasks = urlList.map(url => createTask(downloadImage(session, url)))
    yield* wait(tasks)
    for (const task of tasks) console.log('concurrently:', statSync(task.result()).size)
    console.log('that is faster:', performance.now() - again < oneByOne ? 'yes' : 'no')
  })
  server.close()
}

run(main())
rmSync(folder, { recursive: true })
