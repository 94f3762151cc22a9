import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { isInGenerator } from '../places.ts'
import { programOf } from '../program.ts'
import { rule } from '../rule.ts'
import { yieldStarBefore } from '../yield-star-before.ts'

/** A coroutine, a request or a future is made or named, and then dropped. The `yield*` before it was forgotten. */
export const noFloatingCoroutine = rule({
  description: 'Find coroutines and other awaitables that are neither yielded, returned, stored nor passed on',
  fixable: true,
  messages: {
    coroutine: 'this does nothing until it is yielded. Write yield* before it',
    inPlainCode: 'this does nothing until a coroutine yields it. Make the function a function* and write yield* before it, or write run(…) or createTask(…)',
    future: 'nobody waits for this. Write yield* before it',
    renamed: 'this gives the future another name. To have its result, write yield* before it',
    ignored: 'this function gets a coroutine, and drops it, so that nothing of it runs. Write for (const item of …) yield* f(item), or createTask(…) in the function',
    list: 'these coroutines do nothing until they are yielded. Write yield* gather(…), or yield* all(…)',
    unused: 'this is stored, and never yielded. Write yield* before it',
  },
  create(context, report) {
    const program = programOf(context)

    const check = (node: TSESTree.Expression): void => {
      if (node.type === 'LogicalExpression') {
        check(node.right)
      } else if (node.type === 'ConditionalExpression') {
        check(node.consequent)
        check(node.alternate)
      } else if (node.type === 'SequenceExpression') {
        check(node.expressions.at(-1) as TSESTree.Expression)
      } else if (node.type === 'ChainExpression') {
        check(node.expression)
      } else if (node.type !== 'YieldExpression' && node.type !== 'AwaitExpression' && node.type !== 'AssignmentExpression') {
        checkValue(node)
      }
    }

    const checkValue = (node: TSESTree.Expression): void => {
      const isCall = node.type === 'CallExpression' || node.type === 'NewExpression'
      const kind = program.kindOf(node) ?? (isCall && program.isGenerator(node) ? 'coroutine' : null)
      if (kind === null && isCall && program.isListOfCoroutines(node)) report(node, 'list')
      if (kind === null || (kind === 'task' && isCall)) return // a task runs by itself
      const fix = isInGenerator(node) ? yieldStarBefore(context.sourceCode, node) : null
      if (kind === 'coroutine') report(node, fix === null ? 'inPlainCode' : 'coroutine', { fix })
      else report(node, 'future', { fix })
    }

    return {
      ExpressionStatement({ expression }) { check(expression) },
      SequenceExpression({ expressions }) { expressions.slice(0, -1).forEach(check) },
      CallExpression(node) {
        for (const argument of node.arguments) if (argument.type !== 'SpreadElement' && program.isIgnored(argument)) report(argument, 'ignored')
      },
      UnaryExpression({ operator, argument }) { if (operator === 'void') check(argument) },
      VariableDeclarator(node) {
        if (node.init === null || !isInGenerator(node)) return
        const fix = yieldStarBefore(context.sourceCode, node.init)
        const kind = program.kindOf(node.init)
        if (kind !== 'coroutine') {
          if (kind !== null && node.init.type === 'Identifier') report(node.init, 'renamed', { fix })
          return
        }
        const variables = context.sourceCode.getDeclaredVariables(node) as TSESLint.Scope.Variable[]
        if (!variables.some(({ references }) => references.some(reference => reference.isRead()))) report(node.init, 'unused', { fix })
      },
    }
  },
})
