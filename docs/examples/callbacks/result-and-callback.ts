// A task that the loop makes: its callback, and its result; from the note on native coroutines
import { EventLoop, type Future, VirtualHost, sleep } from 'yieldfrom'

function* getHtml(url: string) {
  console.log('start get url', url)
  yield* sleep(2000)
  console.log('end get url')
  return 'get_futures'
}

// It is called with the future that is done
function callBack(_future: Future<string>) {
  console.log('tasks complete')
}

const loop = new EventLoop({ host: new VirtualHost() })
const startTime = loop.time()
const getFuture = loop.createTask(getHtml('www.example.com'))
getFuture.addDoneCallback(callBack)
loop.runUntilComplete(getFuture)
console.log('times', (loop.time() - startTime) / 1000)
console.log(getFuture.result())
loop.close()
