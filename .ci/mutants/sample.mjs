// Draws functions by lot. A function that is not drawn is not mutated, and neither is what stands inside of it.
const fraction = Number(process.env.SAMPLE ?? 1)
const seed = process.env.SEED ?? '1'

/** A number from 0 to 1 that depends on the text alone (FNV-1a, and a mix of its bits). */
function lotOf(text) {
  let hash = 2166136261
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0), 16777619)
  hash = Math.imul(hash ^ (hash >>> 16), 2246822507)
  hash = Math.imul(hash ^ (hash >>> 13), 3266489909)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}

const drawn = new Set(['FunctionDeclaration', 'ClassMethod', 'ObjectMethod', 'ArrowFunctionExpression', 'ClassProperty', 'VariableDeclaration'])

const strykerPlugins = [{
  kind: 'Ignore',
  name: 'sample',
  value: {
    shouldIgnore(path) {
      if (fraction >= 1 || !drawn.has(path.node.type)) return undefined
      // Only the outermost function counts: what stands inside of one that was drawn is kept.
      if (path.findParent(parent => drawn.has(parent.node.type)) !== null) return undefined
      const { start } = path.node.loc
      const file = path.hub?.file?.opts?.filename ?? ''
      return lotOf(`${seed} ${file.replace(/.*\/lib\//, '')} ${start.line}:${start.column}`) < fraction ? undefined : 'not drawn'
    },
  },
}]

export { strykerPlugins }
