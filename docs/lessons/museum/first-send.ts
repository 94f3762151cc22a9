// The first send has no yield to go to
function* echo(): Generator<string, void, string> {
  console.log('begun')
  for (;;) yield `got ${yield 'ready'}`
}

console.log(echo().next('hello').value) // 'hello' is lost

export {}
