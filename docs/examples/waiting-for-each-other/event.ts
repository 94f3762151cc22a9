// An event: all wait for the start, and who comes late need not wait
import { Event, VirtualHost, gather, getRunningLoop, run, sleep } from 'yieldfrom'

function* runner(name: string, seconds: number, start: Event) {
  const loop = getRunningLoop()
  yield* sleep(seconds * 1000)
  console.log(name, start.isSet() ? 'is late' : 'is ready')
  yield* start.wait()
  console.log(name, 'runs at', loop.time() / 1000)
}

function* main() {
  const start = new Event()
  const runners = gather([runner('Ann', 1, start), runner('Ben', 2, start), runner('Cem', 4, start)])
  yield* sleep(3000)
  start.set()
  yield* runners
}

run(main(), { host: new VirtualHost() })
