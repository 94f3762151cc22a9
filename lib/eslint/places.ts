import type { TSESTree } from '@typescript-eslint/utils'

type FunctionNode = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression

/** The function around a node; `null` at the top level. */
export function functionAround(node: TSESTree.Node): FunctionNode | null {
  for (let outer = node.parent; outer != null; outer = outer.parent) {
    if (outer.type === 'FunctionDeclaration' || outer.type === 'FunctionExpression' || outer.type === 'ArrowFunctionExpression') return outer
  }
  return null
}

/** May `yield*` be written here? */
export function isInGenerator(node: TSESTree.Node): boolean { return functionAround(node)?.generator === true }

/** The name of the function in a call: `emit` for `emit(1)`, `get` for `queue.get()`. */
export function calledName({ callee }: TSESTree.CallExpression | TSESTree.NewExpression): string | null {
  if (callee.type === 'Identifier') return callee.name
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : null
}

/** Does the node have a `yield*` in it that belongs to the same function? */
export function waits(node: TSESTree.Node): boolean {
  if (node.type === 'YieldExpression') return true
  if (/Function/.test(node.type)) return false
  return childrenOf(node).some(waits)
}

export function childrenOf(node: TSESTree.Node): TSESTree.Node[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    if (key === 'parent') return []
    return (Array.isArray(value) ? value : [value]).filter((child): child is TSESTree.Node =>
      typeof child === 'object' && child !== null && 'type' in child)
  })
}
