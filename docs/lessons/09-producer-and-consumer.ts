// Two generators that work in turn: one makes, one eats, and neither calls the other
function* cook(dishes: string[]): Generator<string, void> {
  for (const dish of dishes) {
    console.log('the cook makes', dish)
    yield dish
  }
}

function* guest(): Generator<string, string, string | undefined> {
  let eaten = 0
  let answer = 'the guest is hungry'
  for (;;) {
    const dish = yield answer
    if (dish === undefined) return `the guest ate ${String(eaten)} dishes`
    eaten++
    console.log('the guest eats', dish)
    answer = `thanks for the ${dish}`
  }
}

const eats = guest()
console.log(eats.next().value)
for (const dish of cook(['soup', 'bread'])) console.log(eats.next(dish).value)
console.log(eats.next(undefined).value)

export {}
