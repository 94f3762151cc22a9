// A generator that delegates to itself walks a tree: each level of the tree is a generator
type Tree = readonly (string | Tree)[]

function* leaves(tree: Tree): Generator<string, number> {
  let count = 0
  for (const node of tree) {
    if (typeof node === 'string') {
      yield node
      count++
    } else {
      count += yield* leaves(node)
    }
  }
  return count
}

function* report(tree: Tree): Generator<string, void> {
  const count = yield* leaves(tree)
  yield `${String(count)} leaves`
}

for (const leaf of report(['oak', ['ash', ['elm']], 'fir'])) console.log(leaf)

export {}
