// Swap in another event loop, and run the same code in it; from the note on kinds of coroutines
import { EventLoop, VirtualHost, run, setEventLoopPolicy, sleep } from 'yieldfrom'

const policy = {
  newEventLoop() {
    console.log('a new loop, made by the policy')
    return new EventLoop({ host: new VirtualHost() })
  },
}

function* main() {
  console.log('hello')
  yield* sleep(3_600_000)
  console.log('an hour later')
}

setEventLoopPolicy(policy)
run(main())
setEventLoopPolicy(null)
