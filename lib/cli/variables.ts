import type { AnyNode, Function as FunctionNode, Pattern } from 'acorn'

/** A node that has variables of its own. */
export type Scope = Extract<AnyNode, { type: 'BlockStatement' | 'ForStatement' | 'ForOfStatement' | 'ForInStatement' | 'SwitchStatement' | 'CatchClause' }>

const SCOPES = ['BlockStatement', 'ForStatement', 'ForOfStatement', 'ForInStatement', 'SwitchStatement', 'CatchClause']

export function isScope(node: AnyNode): node is Scope { return SCOPES.includes(node.type) }

/** The names that a scope declares itself. Those of inner scopes do not count. */
export function namesIn(node: Scope): string[] {
  if (node.type === 'CatchClause') return namesOf(node.param ?? null)
  const statements: readonly (AnyNode | null | undefined)[] = node.type === 'BlockStatement' ? node.body
    : node.type === 'SwitchStatement' ? node.cases.flatMap(({ consequent }) => consequent)
    : [node.type === 'ForStatement' ? node.init : node.left]
  return statements.flatMap(statement => statement?.type === 'VariableDeclaration' ? statement.declarations.flatMap(({ id }) => namesOf(id)) : [])
}

/** The names that a function declares: its parameters, and each `var`, wherever it stands. */
export function namesOfFunction({ params, body }: FunctionNode): string[] { return [...params.flatMap(namesOf), ...varsIn(body)] }

function varsIn(node: AnyNode): string[] {
  if (/Function|Class/.test(node.type)) return []
  const own = node.type === 'VariableDeclaration' && node.kind === 'var' ? node.declarations.flatMap(({ id }) => namesOf(id)) : []
  return [...own, ...childrenOf(node).flatMap(varsIn)]
}

function childrenOf(node: AnyNode): AnyNode[] { return Object.keys(node).flatMap(key => [Reflect.get(node, key) as unknown].flat().filter(isNode)) }

export function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
}

export function namesOf(pattern: Pattern | null): string[] {
  switch (pattern?.type) {
    case 'Identifier': return [pattern.name]
    case 'ObjectPattern': return pattern.properties.flatMap(property => namesOf(property.type === 'RestElement' ? property.argument : property.value))
    case 'ArrayPattern': return pattern.elements.flatMap(namesOf)
    case 'RestElement': return namesOf(pattern.argument)
    case 'AssignmentPattern': return namesOf(pattern.left)
    default: return []
  }
}

/** The source of a function that gives the variables as getters: see `Locals` in `lib/study/life.ts`. It is empty when there are none. */
export function localsOf(scopes: readonly string[][]): string {
  const names = Array.from(new Set(scopes.flat()))
  return names.length === 0 ? '' : `()=>({${names.map(name => `get ${name}(){return ${name}}`).join(',')}})`
}
