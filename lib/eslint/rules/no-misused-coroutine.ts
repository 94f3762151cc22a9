import type { TSESTree } from '@typescript-eslint/utils'
import { functionAround, isInGenerator } from '../places.ts'
import { programOf } from '../program.ts'
import { rule } from '../rule.ts'
import { yieldStarBefore } from '../yield-star-before.ts'

/** A coroutine is used where its result was meant. */
export const noMisusedCoroutine = rule({
  description: 'Find coroutines that are tested, printed, iterated or returned in the place of their result',
  fixable: true,
  messages: {
    condition: 'a coroutine is always true. Write yield* before it',
    text: 'this is the coroutine, and not its result. Write yield* before it',
    iterated: 'a coroutine cannot be iterated: yield* drives it. Write yield* before it, or forEach(…) over a stream',
    returned: 'this returns the coroutine, and not its result. Write return yield*',
  },
  create(context, report) {
    const program = programOf(context)
    const isCoroutine = (node: TSESTree.Node): boolean => program.kindOf(node) === 'coroutine'
    const fixOf = (node: TSESTree.Node) => ({ fix: isInGenerator(node) ? yieldStarBefore(context.sourceCode, node) : null })

    const checkCondition = (node: TSESTree.Expression | null): void => {
      if (node !== null && program.kindOf(node) !== null) report(node, 'condition', fixOf(node))
    }
    const checkText = (node: TSESTree.Node): void => {
      if (isCoroutine(node) || (node.type === 'CallExpression' && program.kindOf(node) === 'future')) report(node, 'text', fixOf(node))
    }
    const checkIterated = (node: TSESTree.Node): void => {
      if (program.kindOf(node) !== null) report(node, 'iterated', fixOf(node))
    }
    const checkArguments = (node: TSESTree.CallExpression | TSESTree.NewExpression): void => {
      node.arguments.forEach((argument, index) => {
        if (argument.type !== 'SpreadElement' && program.takesAnything(node, index)) checkText(argument)
      })
    }

    return {
      IfStatement({ test }) { checkCondition(test) },
      WhileStatement({ test }) { checkCondition(test) },
      DoWhileStatement({ test }) { checkCondition(test) },
      ForStatement({ test }) { checkCondition(test) },
      ConditionalExpression({ test }) { checkCondition(test) },
      LogicalExpression({ left, operator }) { if (operator !== '??') checkCondition(left) },
      UnaryExpression({ operator, argument }) {
        if (operator === '!') checkCondition(argument)
        else if (operator !== 'void' && operator !== 'typeof') checkText(argument)
      },
      BinaryExpression({ left, right, operator }) {
        if (['===', '!==', 'in', 'instanceof'].includes(operator)) return
        checkText(left)
        checkText(right)
      },
      TemplateLiteral({ expressions }) { expressions.forEach(checkText) },
      CallExpression: checkArguments,
      NewExpression: checkArguments,
      ForOfStatement({ right }) { checkIterated(right) },
      SpreadElement({ argument }) { checkIterated(argument) },
      VariableDeclarator({ id, init }) { if (id.type === 'ArrayPattern' && init !== null) checkIterated(init) },
      ReturnStatement({ argument }) {
        if (argument === null || functionAround(argument)?.generator !== true || !isCoroutine(argument)) return
        report(argument, 'returned', fixOf(argument))
      },
    }
  },
})
