// switch() says who goes on: two greenlets that throw a ball to each other
import { type Greenlet, greenlet } from 'yieldfrom'

const ping: Greenlet = greenlet(function* ping(ball: number) {
  while (ball < 5) {
    console.log('ping has ball', ball)
    ball = yield* pong.switch<number>(ball + 1)
  }
  return 'ping is over'
})

const pong: Greenlet = greenlet(function* pong(ball: number) {
  for (;;) {
    console.log('pong has ball', ball)
    ball = yield* ping.switch<number>(ball + 1)
  }
})

console.log(ping.resume(1))
console.log('pong is dead:', pong.dead)
