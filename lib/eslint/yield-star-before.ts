import type { TSESLint, TSESTree } from '@typescript-eslint/utils'

/** A `yield*` needs no parentheses as a child of these nodes. Among operators it needs them. */
const ALONE = new Set(['ExpressionStatement', 'VariableDeclarator', 'ReturnStatement', 'AssignmentExpression', 'CallExpression',
  'NewExpression', 'TemplateLiteral', 'IfStatement', 'WhileStatement', 'SequenceExpression'])

/** Put `yield*` before an expression. */
export function yieldStarBefore(source: Readonly<TSESLint.SourceCode>, node: TSESTree.Node): TSESLint.ReportFixFunction {
  const text = source.getText(node)
  const isAlone = ALONE.has((node.parent as TSESTree.Node).type)
  return fixer => fixer.replaceText(node, isAlone ? `yield* ${text}` : `(yield* ${text})`)
}
