// An error that is thrown in while the generator delegates to something without throw()
function* dishes(): Generator<string, void> {
  try {
    yield* ['soup', 'cake']
  } catch (error) {
    console.log('caught', error instanceof TypeError ? 'a TypeError, and not what was thrown' : String(error))
  }
}

const generator = dishes()
generator.next()
generator.throw(new Error('the stove is cold'))

export {}
