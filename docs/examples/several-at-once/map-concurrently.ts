// A map, of which two are worked on at a time
import { VirtualHost, getRunningLoop, mapConcurrently, run, sleep } from 'yieldfrom'

function* fetch(page: number) {
  console.log(page, 'begins at', getRunningLoop().time() / 1000)
  yield* sleep(page * 1000)
  return page * page
}

function* main() {
  console.log(...yield* mapConcurrently([3, 1, 2, 4], fetch, { limit: 2 }))
}

run(main(), { host: new VirtualHost() })
