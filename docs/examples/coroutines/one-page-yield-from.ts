// A coroutine as it was before async and await: yield from; from the note on native coroutines
import { EventLoop, VirtualHost, coroutine, sleep, yieldFrom } from 'yieldfrom'

const getHtml = coroutine(function* (url: string) {
  console.log('start get url', url)
  yield* yieldFrom(sleep(2000))
  console.log('end get url', url)
})

const loop = new EventLoop({ host: new VirtualHost() })
loop.runUntilComplete(getHtml('www.example.com'))
loop.close()
