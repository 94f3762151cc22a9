// Inlined futures: yield a future, and get its result when there is one
class Promised {
  private callback: (value: string) => void = () => {}

  then(callback: (value: string) => void): void { this.callback = callback }

  fulfil(value: string): void { this.callback(value) }
}

type Inlined = Generator<Promised, string, string>

const orders: { dish: string; promised: Promised }[] = []

function order(dish: string): Promised {
  console.log('order', dish)
  const promised = new Promised()
  orders.push({ dish, promised })
  return promised
}

function start(work: Inlined): Promised {
  const result = new Promised()
  const go = (step: IteratorResult<Promised, string>): void => {
    if (step.done === true) result.fulfil(step.value)
    else step.value.then(value => { go(work.next(value)) })
  }
  go(work.next(''))
  return result
}

function* dinner(): Inlined {
  const soup = yield order('soup')
  const cake = yield order('cake')
  return `${soup} and ${cake}`
}

start(dinner()).then(value => { console.log('dinner was', value) })
console.log('the kitchen opens')
for (let next = orders.shift(); next !== undefined; next = orders.shift()) next.promised.fulfil(`hot ${next.dish}`)

export {}
