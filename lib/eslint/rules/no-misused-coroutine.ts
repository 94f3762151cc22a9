import type { TSESTree } from '@typescript-eslint/utils'
import { conditions } from '../conditions.ts'
import { calledName, functionAround, isInGenerator } from '../places.ts'
import { programOf } from '../program.ts'
import { rule } from '../rule.ts'
import { yieldStarBefore } from '../yield-star-before.ts'

/** The methods of an array that ask a function. */
const ASKING = new Set(['filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every', 'sort', 'toSorted'])

/** Methods that keep a value, or look for one. A list without a type may be one of awaitables. */
const KEEPING = new Set(['push', 'unshift', 'splice', 'fill', 'includes', 'indexOf', 'add', 'set', 'get', 'has', 'delete', 'put', 'putNowait', 'send', 'sendNowait'])

const BOOLEAN = new Set(['boolean', 'unknown'])

/** A coroutine is used where its result was meant. */
export const noMisusedCoroutine = rule({
  description: 'Find coroutines that are tested, printed, iterated or returned in the place of their result',
  fixable: true,
  messages: {
    condition: 'a coroutine is always true. Write yield* before it',
    text: 'this is the coroutine, and not its result. Write yield* before it',
    iterated: 'a coroutine cannot be iterated: yield* drives it. Write yield* before it, or forEach(…) over a stream',
    predicate: '{{name}}() gets a coroutine from this function, and not its result. A coroutine is always true. Write a loop with yield* f(…) in it',
    returned: 'this returns the coroutine, and not its result. Write return yield*',
  },
  create(context, report) {
    const program = programOf(context)
    const isCoroutine = (node: TSESTree.Node): boolean => program.kindOf(node) === 'coroutine'
    const fixOf = (node: TSESTree.Node) => ({ fix: isInGenerator(node) ? yieldStarBefore(context.sourceCode, node) : null })

    const checkCondition = (node: TSESTree.Expression): void => {
      const isWrong = node.type === 'CallExpression' ? program.kindOf(node) !== null : program.isAlwaysAwaitable(node)
      if (isWrong) report(node, 'condition', fixOf(node))
    }
    const checkText = (node: TSESTree.Node): void => {
      if (isCoroutine(node) || (node.type === 'CallExpression' && program.kindOf(node) === 'future')) report(node, 'text', fixOf(node))
    }
    const checkIterated = (node: TSESTree.Node): void => {
      if (program.kindOf(node) !== null) report(node, 'iterated', fixOf(node))
    }
    const checkArguments = (node: TSESTree.CallExpression | TSESTree.NewExpression): void => {
      if (KEEPING.has(String(calledName(node)))) return
      node.arguments.forEach((argument, index) => {
        if (argument.type !== 'SpreadElement' && program.takesAnything(node, index)) checkText(argument)
      })
    }

    /** Is it the name of a property that a result may have, and a coroutine has not? */
    const isOfResult = (node: TSESTree.Node, name: TSESTree.Node): boolean => name.type === 'Identifier' && program.lacks(node, name.name)

    const checkPredicate = (node: TSESTree.CallExpression): void => {
      const name = String(calledName(node))
      const [predicate] = node.arguments
      if (predicate === undefined || predicate.type === 'SpreadElement' || !asks(node, name, predicate)) return
      if (program.givesCoroutine(predicate)) report(predicate, 'predicate', { data: { name } })
    }

    /** Does the function that is called ask the function that it gets? */
    const asks = ({ callee }: TSESTree.CallExpression, name: string, predicate: TSESTree.Expression): boolean => {
      if (name === 'waitUntil' || name === 'waitWhile') return program.isDropped(predicate, BOOLEAN)
      if (callee.type !== 'MemberExpression') return false
      return (ASKING.has(name) && program.isList(callee.object)) || (name === 'waitFor' && program.has(callee.object, 'notifyAll'))
    }

    return {
      ...conditions(checkCondition),
      UnaryExpression({ operator, argument }) {
        if (operator !== '!' && operator !== 'void' && operator !== 'typeof') checkText(argument)
      },
      BinaryExpression({ left, right, operator }) {
        if (['===', '!==', 'in', 'instanceof'].includes(operator)) return
        checkText(left)
        checkText(right)
      },
      TemplateLiteral({ expressions }) { expressions.forEach(checkText) },
      CallExpression(node) {
        checkArguments(node)
        checkPredicate(node)
      },
      NewExpression: checkArguments,
      ForOfStatement({ right }) { checkIterated(right) },
      SpreadElement({ argument }) { checkIterated(argument) },
      VariableDeclarator({ id, init }) {
        if (init === null) return
        if (id.type === 'ArrayPattern') checkIterated(init)
        else if (id.type === 'ObjectPattern' && id.properties.some(each => each.type === 'Property' && !each.computed && isOfResult(init, each.key))) checkText(init)
      },
      MemberExpression(node) { if (!node.computed && !isAssigned(node) && isOfResult(node.object, node.property)) checkText(node.object) },
      ReturnStatement({ argument }) {
        if (argument === null || functionAround(argument)?.generator !== true || !isCoroutine(argument)) return
        report(argument, 'returned', fixOf(argument))
      },
    }
  },
})

function isAssigned(node: TSESTree.MemberExpression): boolean { return node.parent.type === 'AssignmentExpression' && node.parent.left === node }
