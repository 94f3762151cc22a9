// The first next(), and what send() does: a generator that repeats what it is told
function* echo(): Generator<string, void, string> {
  let said = yield 'ready'
  while (said !== 'bye') said = yield `you said ${said}`
  console.log('echo is over')
}

const generator = echo()
console.log(generator.next().value)
console.log(generator.next('hello').value)
console.log(generator.next('again').value)
console.log('done:', generator.next('bye').done)

export {}
