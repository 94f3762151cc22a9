import type { TSESLint, TSESTree } from '@typescript-eslint/utils'

/** Visit each expression that is asked for true or false. */
export function conditions(check: (asked: TSESTree.Expression) => void): TSESLint.RuleListener {
  const ask = (asked: TSESTree.Expression | null): void => {
    if (asked === null) return
    // The left side is visited as the operator's own.
    if (asked.type === 'LogicalExpression' && asked.operator !== '??') ask(asked.right)
    else check(asked)
  }
  const askTest = ({ test }: { readonly test: TSESTree.Expression | null }): void => { ask(test) }
  return {
    IfStatement: askTest,
    WhileStatement: askTest,
    DoWhileStatement: askTest,
    ForStatement: askTest,
    ConditionalExpression: askTest,
    'LogicalExpression[operator!="??"]'({ left }: TSESTree.LogicalExpression) { ask(left) },
    'UnaryExpression[operator="!"]'({ argument }: TSESTree.UnaryExpression) { ask(argument) },
  }
}
