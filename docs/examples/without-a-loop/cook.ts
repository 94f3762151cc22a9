import { getCurrent, greenlet } from 'yieldfrom'

const main = getCurrent()
const cook = greenlet(function* (order: string) {
  for (;;) order = yield* main.switch<string>(`one ${order}, please wait`)
})

console.log(cook.resume('tea'))
console.log(cook.resume('coffee'))
