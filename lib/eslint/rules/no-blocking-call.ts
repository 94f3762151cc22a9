import type { TSESTree } from '@typescript-eslint/utils'
import { calledName, functionAround, waits } from '../places.ts'
import { programOf } from '../program.ts'
import { rule } from '../rule.ts'

/** What to write instead of a timer of the engine. */
const TIMERS: Readonly<Record<string, string>> = {
  setTimeout: 'yield* sleep(ms), or loop.callLater(ms, f)',
  setInterval: 'a loop with yield* sleep(ms)',
  setImmediate: 'yield* sleep(0), or loop.callSoon(f)',
  queueMicrotask: 'loop.callSoon(f)',
}

/** The functions that stop all other tasks until they return. */
const BLOCKING: Readonly<Record<string, string>> = {
  runUntilComplete: 'yield*',
  runForever: 'yield*',
  execSync: 'createSubprocessShell() of yieldfrom/node',
  execFileSync: 'createSubprocessExec() of yieldfrom/node',
  spawnSync: 'createSubprocessExec() of yieldfrom/node',
  readFileSync: 'readFile() of yieldfrom/node',
  writeFileSync: 'writeFile() of yieldfrom/node',
}

/** A coroutine uses a timer of the engine, or a call that blocks. */
export const noBlockingCall = rule({
  description: 'Find timers of the engine and blocking calls in coroutines',
  messages: {
    timer: '{{name}}() knows nothing of the loop: while run() blocks, it never fires. Write {{instead}}',
    blocks: '{{name}}() blocks all tasks of the loop. Write {{instead}}',
    driven: '{{name}}() is for plain code: here a loop runs already. Write yield*, or yield* all([…])',
    nested: 'a loop runs already. Write yield*',
  },
  create(context, report) {
    const program = programOf(context)
    const isCoroutine = (node: TSESTree.Node): boolean => {
      const around = functionAround(node)
      return around?.generator === true && waits(around.body)
    }
    /** `loop.tick()`, `loop.frame()` and `runner.run()`. Other things have methods of these names, too. */
    const isDriven = (object: TSESTree.Expression, name: string): boolean =>
      ((name === 'tick' || name === 'frame') && program.has(object, 'tick', 'runForever')) || (name === 'run' && program.has(object, 'getLoop', 'close'))
    return {
      CallExpression(node) {
        const name = calledName(node)
        if (name === null || !isCoroutine(node)) return
        const first = node.arguments[0]
        if (name in TIMERS && node.callee.type === 'Identifier') {
          report(node, 'timer', { data: { name, instead: TIMERS[name] as string } })
        } else if (name in BLOCKING) {
          report(node, 'blocks', { data: { name, instead: BLOCKING[name] as string } })
        } else if (node.callee.type === 'MemberExpression' && isDriven(node.callee.object, name)) {
          report(node, 'driven', { data: { name } })
        } else if (name === 'driveSync' && node.callee.type === 'Identifier') {
          report(node, 'driven', { data: { name } })
        } else if (name === 'run' && node.callee.type === 'Identifier' && first !== undefined && program.kindOf(first) !== null) {
          report(node, 'nested')
        }
      },
    }
  },
})
