// A value that is sent while the generator delegates to something that takes none
function* dishes(): Generator<string, void, string> {
  yield* ['soup', 'cake']
}

const generator = dishes()
console.log(generator.next().value)
console.log(generator.next('more, please').value) // nobody hears it

export {}
