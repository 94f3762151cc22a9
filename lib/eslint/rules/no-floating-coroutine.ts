import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import { calledName, isInGenerator } from '../places.ts'
import { programOf } from '../program.ts'
import { rule } from '../rule.ts'
import { yieldStarBefore } from '../yield-star-before.ts'

/** Functions of the library, and options, whose callback may return anything, because nobody looks at it. */
const CALLBACKS = new Set(['callSoon', 'callLater', 'callAt', 'callSoonThreadsafe', 'addDoneCallback', 'addSignalHandler', 'setExceptionHandler', 'onUndelivered', 'onMissed'])

const VOID = new Set(['void'])
const NOTHING_LOOKED_AT = new Set(['void', 'unknown'])

/** A coroutine, a request or a future is made or named, and then dropped. The `yield*` before it was forgotten. */
export const noFloatingCoroutine = rule({
  description: 'Find coroutines and other awaitables that are neither yielded, returned, stored nor passed on',
  fixable: true,
  messages: {
    coroutine: 'this does nothing until it is yielded. Write yield* before it',
    inPlainCode: 'this does nothing until a coroutine yields it. Make the function a function* and write yield* before it, or write run(…) or createTask(…)',
    future: 'nobody waits for this. Write yield* before it',
    renamed: 'this gives the future another name. To have its result, write yield* before it',
    callback: 'this callback gives a coroutine, and nobody drives it, so that nothing of it runs. Write () => createTask(…)',
    ignored: 'this function gets a coroutine, and drops it, so that nothing of it runs. Write for (const item of …) yield* f(item), or createTask(…) in the function',
    list: 'these coroutines do nothing until they are yielded. Write yield* gather(…), or yield* all(…)',
    unused: 'this is stored, and never yielded. Write yield* before it',
  },
  create(context, report) {
    const program = programOf(context)

    const isListOfCoroutines = (node: TSESTree.Node): boolean => program.isListOf(node, ['coroutine'])
    const isIgnored = (callback: TSESTree.Expression, name: string | null): boolean =>
      program.isDropped(callback, CALLBACKS.has(String(name)) ? NOTHING_LOOKED_AT : VOID) && program.givesCoroutine(callback)

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
      if (kind === null && isCall && isListOfCoroutines(node)) report(node, 'list')
      if (kind === null || (isCall && (kind === 'task' || calledName(node) === 'ensureFuture'))) return // a task runs by itself
      const fix = isInGenerator(node) ? yieldStarBefore(context.sourceCode, node) : null
      if (kind === 'coroutine') report(node, fix === null ? 'inPlainCode' : 'coroutine', { fix })
      else report(node, 'future', { fix })
    }

    /** Is one of the variables read, and counts that? */
    const isRead = (node: TSESTree.VariableDeclarator, counts: (read: TSESTree.Node) => boolean): boolean => {
      const variables = context.sourceCode.getDeclaredVariables(node) as TSESLint.Scope.Variable[]
      return variables.some(({ references }) => references.some(reference => reference.isRead() && counts(reference.identifier)))
    }

    return {
      ExpressionStatement({ expression }) { check(expression) },
      SequenceExpression({ expressions }) { expressions.slice(0, -1).forEach(check) },
      CallExpression(node) {
        const name = calledName(node)
        for (const argument of node.arguments) if (argument.type !== 'SpreadElement' && isIgnored(argument, name)) report(argument, CALLBACKS.has(String(name)) ? 'callback' : 'ignored')
      },
      'ObjectExpression > Property'({ key, value }: TSESTree.PropertyNonComputedName & { readonly value: TSESTree.Expression }) {
        if (key.type === 'Identifier' && CALLBACKS.has(key.name) && isIgnored(value, key.name)) report(value, 'callback')
      },
      UnaryExpression({ operator, argument }) { if (operator === 'void') check(argument) },
      VariableDeclarator(node) {
        if (node.init === null || !isInGenerator(node)) return
        const fix = yieldStarBefore(context.sourceCode, node.init)
        const kind = program.kindOf(node.init)
        if (kind === 'coroutine') {
          if (node.id.type !== 'ObjectPattern' && !isRead(node, () => true)) report(node.init, 'unused', { fix })
        } else if (kind !== null) {
          if (node.id.type === 'Identifier' && node.init.type === 'Identifier' && !isRead(node, isOfFuture)) report(node.init, 'renamed', { fix })
        } else if (isListOfCoroutines(node.init)) {
          if (!isRead(node, isMore)) report(node.init, 'list')
        }
      },
    }
  },
})

/** Is the future meant, and not its result? */
function isOfFuture({ parent }: TSESTree.Node): boolean { return parent?.type === 'MemberExpression' || parent?.type === 'YieldExpression' }

/** Does somebody want more of a list than its length? */
function isMore({ parent }: TSESTree.Node): boolean {
  return !(parent?.type === 'MemberExpression' && parent.property.type === 'Identifier' && parent.property.name === 'length')
}
