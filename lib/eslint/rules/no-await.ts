import type { TSESTree } from '@typescript-eslint/utils'
import { calledName } from '../places.ts'
import { type Awaited, programOf } from '../program.ts'
import { rule } from '../rule.ts'

/** What to write instead of the functions that wait for several promises. */
const TOGETHER: ReadonlyMap<string | null, string> = new Map([
  ['all', 'yield* all([…])'],
  ['allSettled', 'yield* allSettled([…])'],
  ['any', 'yield* staggeredRace([f, g], 0)'],
  ['race', 'yield* race([…])'],
])

const EVERY: readonly Awaited[] = ['coroutine', 'future', 'task']

/** `await` does not wait for a value that is not a promise, and neither do the functions of `Promise`. */
export const noAwait = rule({
  description: 'Find await before coroutines and other awaitables of yieldfrom, and Promise.all() of them',
  messages: {
    wait: 'await waits for promises, and this is not a promise. Write yield*, in a function* that is not async',
    together: 'Promise.{{name}}() waits for promises, and this is not a promise. Write {{instead}}, in a function* that is not async',
  },
  create(context, report) {
    const program = programOf(context)
    const isAwaitable = (node: TSESTree.Node | null): boolean => {
      if (node === null) return false
      return node.type === 'SpreadElement' ? program.isListOf(node.argument, EVERY) : program.kindOf(node) !== null
    }
    return {
      AwaitExpression(node) {
        if (program.kindOf(node.argument) !== null) report(node, 'wait')
      },
      CallExpression(node) {
        const name = calledName(node)
        const instead = TOGETHER.get(name)
        const [list] = node.arguments
        if (instead === undefined || list === undefined || node.callee.type !== 'MemberExpression' || !program.isPromiseClass(node.callee.object)) return
        const wrong = list.type === 'ArrayExpression' ? list.elements.find(isAwaitable) : program.isListOf(list, EVERY) ? list : null
        if (wrong != null) report(wrong, 'together', { data: { name: String(name), instead } })
      },
    }
  },
})
