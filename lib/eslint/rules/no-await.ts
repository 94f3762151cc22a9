import { programOf } from '../program.ts'
import { rule } from '../rule.ts'

/** `await` does not wait for a value that is not a promise. */
export const noAwait = rule({
  description: 'Find await before coroutines and other awaitables of yieldfrom',
  messages: { wait: 'await waits for promises, and this is not a promise. Write yield*, in a function* that is not async' },
  create(context, report) {
    const program = programOf(context)
    return {
      AwaitExpression(node) {
        if (program.kindOf(node.argument) !== null) report(node, 'wait')
      },
    }
  },
})
