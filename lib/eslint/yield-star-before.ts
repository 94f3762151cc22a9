import type { TSESLint, TSESTree } from '@typescript-eslint/utils'

/** These stand alone beside others; what is yielded among operators needs parentheses. */
const ALONE = new Set(['ExpressionStatement', 'VariableDeclarator', 'ReturnStatement', 'AssignmentExpression', 'CallExpression',
  'NewExpression', 'TemplateLiteral', 'IfStatement', 'WhileStatement', 'SequenceExpression'])

/** Put `yield*` before an expression. */
export function yieldStarBefore(source: Readonly<TSESLint.SourceCode>, node: TSESTree.Node): TSESLint.ReportFixFunction {
  const text = source.getText(node)
  const isAlone = ALONE.has((node.parent as TSESTree.Node).type)
  return fixer => fixer.replaceText(node, isAlone ? `yield* ${text}` : `(yield* ${text})`)
}
