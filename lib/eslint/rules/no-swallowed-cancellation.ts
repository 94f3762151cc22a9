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

/** Does the handler throw in every case, or ask what the error is? */
function knowsOfCancellation(body: TSESTree.BlockStatement): boolean {
  return body.body.some(({ type }) => type === 'ThrowStatement') || mentions(body)
}

function mentions(node: TSESTree.Node): boolean {
  return (node.type === 'Identifier' && KNOWN.has(node.name)) || childrenOf(node).some(mentions)
}
