/** `npm start`: runs the examples, one after the other, and shows what they print. */
const tour = [
  ['cook', 'The program of the README'],
  ['two-greenlets', 'Two functions that switch to each other'],
  ['two-generators', 'A generator that delegates to another: yield from'],
] as const

for (const [name, title] of tour) {
  console.log(`\n── ${title} (docs/examples/${name}.ts)\n`)
  require(`./${name}.ts`)
}
