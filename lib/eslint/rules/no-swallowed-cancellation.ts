import type { TSESTree } from '@typescript-eslint/utils'
import { childrenOf, isInGenerator, waits } from '../places.ts'
import { rule } from '../rule.ts'

/** The names by which a handler shows that it knows of cancellation. */
const KNOWN = new Set(['isCancelled', 'CancelledError', 'BaseException', 'GreenletExit', 'GeneratorExit'])

/** JavaScript's `catch` catches everything, also the error of a cancellation. */
export const noSwallowedCancellation = rule({
  description: 'Find a catch around a yield* that swallows cancellation',
  messages: {
    swallowed: 'this catches a cancellation, too, and the task goes on. Write in its first line: if (error instanceof BaseException) throw error',
  },
  create(_context, report) {
    return {
      CatchClause(node) {
        const { block } = node.parent
        if (isInGenerator(node) && waits(block) && !knowsOfCancellation(node.body)) report(node, 'swallowed')
      },
    }
  },
})

/** Does the handler let go of a cancellation, or ask what the error is? */
function knowsOfCancellation(body: TSESTree.BlockStatement): boolean { return passesOn(body) || mentions(body) }

function mentions(node: TSESTree.Node): boolean {
  return (node.type === 'Identifier' && KNOWN.has(node.name)) || childrenOf(node).some(mentions)
}

/** Does a statement of the handler throw when the error is a cancellation? */
function passesOn(statement: TSESTree.Statement | null): boolean {
  switch (statement?.type) {
    case 'ThrowStatement': return true
    case 'BlockStatement': return statement.body.some(passesOn)
    case 'IfStatement': {
      const { test, consequent, alternate } = statement
      return (isTrueFor(test) && passesOn(consequent)) || (isFalseFor(test) && passesOn(alternate)) || (passesOn(consequent) && passesOn(alternate))
    }
    case 'SwitchStatement': return statement.cases.some(({ test, consequent }) => test === null && consequent.some(passesOn))
    default: return false
  }
}

/** Is a test false when the error is a cancellation? It asks for a class, a value of a field, or by a function, for other errors. */
function isFalseFor(test: TSESTree.Expression): boolean {
  switch (test.type) {
    case 'BinaryExpression':
      return test.operator === 'instanceof' ? !isError(test.right) : test.operator === '===' || test.operator === '=='
    case 'CallExpression': return true
    case 'LogicalExpression':
      return test.operator === '||' ? isFalseFor(test.left) && isFalseFor(test.right) : isFalseFor(test.left) || isFalseFor(test.right)
    case 'UnaryExpression': return test.operator === '!' && isTrueFor(test.argument)
    default: return false
  }
}

function isTrueFor(test: TSESTree.Expression): boolean {
  switch (test.type) {
    case 'BinaryExpression': return test.operator === '!==' || test.operator === '!='
    case 'LogicalExpression':
      return test.operator === '&&' ? isTrueFor(test.left) && isTrueFor(test.right) : isTrueFor(test.left) || isTrueFor(test.right)
    case 'UnaryExpression': return test.operator === '!' && isFalseFor(test.argument)
    default: return false
  }
}

/** A cancellation is an `Error`, as everything that is thrown should be. */
function isError(node: TSESTree.Node): boolean { return node.type === 'Identifier' && node.name === 'Error' }
