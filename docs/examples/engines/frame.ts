// Scripts on requestAnimationFrame: a door opens in half a second; here a few lines stand for the browser
// npx ts-node docs/examples/engines/frame.ts
import { EventLoop, ManualHost, sleep, tween } from 'yieldfrom'
import { attachToFrames } from 'yieldfrom/engine/frame'

// In a browser, this is its requestAnimationFrame.
const waiting: ((now: number) => void)[] = []
function requestAnimationFrame(callback: (now: number) => void): number { return waiting.push(callback) }

const loop = new EventLoop({ host: new ManualHost() })
const detach = attachToFrames(loop, requestAnimationFrame)
const door = { x: 0 }

loop.owner('door').spawn(function* opens() {
  yield* sleep(100)
  yield* tween(500, t => t * t, t => { door.x = Math.round(100 * t) })
  console.log(`open at ${loop.time()} ms`)
}())

for (let now = 0; now <= 700; now += 20) {
  if (now % 100 === 0) console.log(`${now} ms: the door is at ${door.x}`)
  for (const callback of waiting.splice(0)) callback(now)
}
detach()
loop.close()
