import type { TSESTree } from '@typescript-eslint/utils'
import { conditions } from '../conditions.ts'
import { programOf } from '../program.ts'
import { rule } from '../rule.ts'

/** Methods that answer a question, each with another name that objects with this method have. So a class of the library is known. */
const ANSWERS: ReadonlyMap<string, string> = new Map([
  ['done', 'addDoneCallback'],
  ['cancelled', 'cancel'],
  ['running', 'addDoneCallback'],
  ['cancelling', 'uncancel'],
  ['empty', 'getNowait'],
  ['full', 'putNowait'],
  ['qsize', 'getNowait'],
  ['locked', 'acquire'],
  ['isSet', 'clear'],
  ['expired', 'reschedule'],
  ['isRunning', 'callSoon'],
  ['isClosed', 'callSoon'],
  ['getDebug', 'callSoon'],
  ['isServing', 'close'],
  ['isClosing', 'close'],
  ['isReading', 'pauseReading'],
  ['canWriteEof', 'writeEof'],
  ['atEof', 'readline'],
])

/** A method is asked, and not what it returns. */
export const noUncalledMethod = rule({
  description: 'Find methods of the library in conditions that are not called',
  fixable: true,
  messages: { uncalled: 'this is the method itself, which is always true. Write {{name}}()' },
  create(context, report) {
    const program = programOf(context)
    const check = (asked: TSESTree.Node): void => {
      const node = asked.type === 'ChainExpression' ? asked.expression : asked
      if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier' || node.computed) return
      const { name } = node.property
      const sibling = ANSWERS.get(name)
      if (sibling === undefined || !program.has(node.object, name, sibling)) return
      report(node, 'uncalled', { data: { name }, fix: fixer => fixer.insertTextAfter(node, '()') })
    }
    return {
      ...conditions(check),
      BinaryExpression({ left, right, operator }) {
        const isOrder = operator === '<' || operator === '>' || operator === '<=' || operator === '>='
        if (isOrder || (/^[!=]==?$/.test(operator) && right.type === 'Literal')) check(left)
        if (isOrder) check(right)
      },
    }
  },
})
