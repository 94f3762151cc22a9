// A barrier: three walk at their own pace, and go on together
import { Barrier, VirtualHost, gather, getRunningLoop, run, sleep } from 'yieldfrom'

function* hiker(name: string, seconds: number, hut: Barrier) {
  const loop = getRunningLoop()
  yield* sleep(seconds * 1000)
  console.log(name, 'comes to the hut at', loop.time() / 1000, 'where', hut.nWaiting, 'wait')
  yield* hut.wait()
  console.log(name, 'goes on at', loop.time() / 1000)
}

function* main() {
  const hut = new Barrier(3)
  yield* gather([hiker('Ann', 2, hut), hiker('Ben', 3, hut), hiker('Cem', 1, hut)])
}

run(main(), { host: new VirtualHost() })
