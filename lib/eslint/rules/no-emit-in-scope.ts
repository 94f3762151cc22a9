import type { TSESTree } from '@typescript-eslint/utils'
import { calledName, functionAround } from '../places.ts'
import { rule } from '../rule.ts'

/** The managers that belong to the task in which their body runs. */
const LIMITS = new Set(['timeout', 'timeoutAt', 'moveOnAfter', 'moveOnAt', 'failAfter', 'failAt', 'CancelScope', 'TaskGroup'])

/** PEP 789: a limit around an `emit()` goes on while the consumer does something else. It may then cancel the consumer. */
export const noEmitInScope = rule({
  description: 'Find emit() inside of a time limit, a cancel scope or a task group',
  messages: {
    limited: 'the limit belongs to the task that asks for the next item, and goes on while it does something else. ' +
      'Write emit() outside of it, or put the limit around forEach()',
  },
  create(_context, report) {
    return {
      CallExpression(node) {
        if (calledName(node) === 'emit' && isLimited(node)) report(node, 'limited')
      },
    }
  },
})

function isLimit(manager: TSESTree.Node | undefined): boolean {
  return (manager?.type === 'CallExpression' || manager?.type === 'NewExpression') && LIMITS.has(String(calledName(manager)))
}

/** Does the node stand in the body of `use(limit, body)`, at any depth? */
function isLimited(node: TSESTree.Node): boolean {
  const call = functionAround(node)?.parent
  if (call?.type !== 'CallExpression') return false
  const name = calledName(call)
  if (name === 'asyncGenerator') return false
  return (name === 'use' && isLimit(call.arguments[0])) || isLimited(call)
}
