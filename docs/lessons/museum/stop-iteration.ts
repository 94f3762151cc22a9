// StopIteration that is raised by hand, inside of a generator
class StopIteration extends Error { override name = 'StopIteration' }

function* careless(): Generator<string, void> {
  yield 'working'
  throw new StopIteration('by hand') // in JavaScript an error as any other
}

try {
  for (const item of careless()) console.log(item)
} catch (error) {
  console.log(String(error))
}

export {}
