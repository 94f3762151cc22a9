// A generator that resumes itself
function* snake(): Generator<string, void> {
  try {
    generator.next()
  } catch (error) {
    console.log(String(error))
  }
  yield 'still here'
}

const generator = snake()
console.log(generator.next().value)

export {}
