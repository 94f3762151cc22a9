import type { TSESTree } from '@typescript-eslint/utils'
import { childrenOf, isInGenerator, waits } from '../places.ts'
import { rule } from '../rule.ts'

/** The names by which a handler shows that it knows of cancellation. */
const KNOWN = new Set(['isCancelled', 'CancelledError', 'BaseException', 'GreenletExit', 'GeneratorExit'])

/** JavaScript's `catch` catches everything, also the error of a cancellation. */
export const noSwallowedCancellation = rule({
  description: 'Find a catch around a yield* that swallows cancellation',
  messages: {
    replaced: 'this ends a cancellation, too, and the task goes on: a finally is left by it, and not by the error. Write it behind the try',
    swallowed: 'this catches a cancellation, too, and the task goes on. Write in its first line: if (error instanceof BaseException) throw error',
  },
  create({ sourceCode }, report) {
    /** Does the handler name an error of cancellation? An `if` with nothing in it does not count, unless a comment says why. */
    const mentions = (node: TSESTree.Node): boolean => {
      if (node.type === 'IfStatement' && node.alternate === null && isEmpty(node.consequent) && sourceCode.getCommentsInside(node).length === 0) return false
      return (node.type === 'Identifier' && KNOWN.has(node.name)) || childrenOf(node).some(mentions)
    }
    return {
      CatchClause(node) {
        const { block } = node.parent
        // It lets go of a cancellation, or asks what the error is.
        if (isInGenerator(node) && waits(block) && !passesOn(node.body) && !mentions(node.body)) report(node, 'swallowed')
      },
      TryStatement({ block, handler, finalizer }) {
        if (finalizer === null || !isInGenerator(finalizer) || !(waits(block) || (handler !== null && waits(handler.body)))) return
        for (const way of waysOut(finalizer)) report(way, 'replaced')
      },
    }
  },
})

function isEmpty(statement: TSESTree.Statement): boolean {
  return statement.type === 'EmptyStatement' || (statement.type === 'BlockStatement' && statement.body.length === 0)
}

/** Each `return`, `break` and `continue` that leaves a block. With a label, it may leave it or not. */
function waysOut(node: TSESTree.Node, isInLoop = false, isInSwitch = false): TSESTree.Node[] {
  switch (node.type) {
    case 'ReturnStatement': return [node]
    case 'BreakStatement': return node.label !== null || isInLoop || isInSwitch ? [] : [node]
    case 'ContinueStatement': return node.label !== null || isInLoop ? [] : [node]
    default:
      if (/Function/.test(node.type)) return []
      return childrenOf(node).flatMap(child => waysOut(child, isInLoop || /^(For|While|DoWhile)/.test(node.type), isInSwitch || node.type === 'SwitchStatement'))
  }
}

/** Does a statement of the handler throw when the error is a cancellation? */
function passesOn(statement: TSESTree.Statement | null): boolean {
  switch (statement?.type) {
    case 'ThrowStatement': return true
    case 'BlockStatement':
      for (const each of statement.body) {
        if (passesOn(each)) return true
        if (each.type === 'IfStatement' && isForEveryError(each.test) && leaves(each.consequent)) return false // what is below is for what is no error
      }
      return false
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

/** Is a test true for every error, also for a cancellation? */
function isForEveryError(test: TSESTree.Expression): boolean {
  switch (test.type) {
    case 'BinaryExpression': return test.operator === 'instanceof' && isError(test.right)
    case 'LogicalExpression': return test.operator === '||' && (isForEveryError(test.left) || isForEveryError(test.right))
    default: return false
  }
}

/** Does nothing below a statement run after it? */
function leaves(statement: TSESTree.Statement): boolean {
  if (statement.type === 'BlockStatement') return statement.body.some(leaves)
  return statement.type === 'ReturnStatement' || statement.type === 'BreakStatement' || statement.type === 'ContinueStatement'
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
