import { programOf } from '../program.ts'
import { rule } from '../rule.ts'

/** `yield sleep(10)` gives the request to the caller of `next()`. `yield* sleep(10)` waits. */
export const yieldStar = rule({
  description: 'Write yield* before coroutines and other awaitables, and not yield',
  fixable: true,
  messages: { star: 'yield gives the awaitable away, yield* waits for it. Write yield*' },
  create(context, report) {
    const program = programOf(context)
    return {
      YieldExpression(node) {
        if (node.delegate || node.argument == null || program.kindOf(node.argument) === null) return
        const [from] = node.range
        report(node, 'star', { fix: fixer => fixer.insertTextAfterRange([from, from + 'yield'.length], '*') })
      },
    }
  },
})
