/**
 * Every class of errors and every code, read from the source.
 *
 *     npm run errors    write docs/errors.md
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as ts from 'typescript'
import { escaped, page } from './error-messages.ts'

export { page }

const root = join(__dirname, '../../..')
const lib = join(root, 'lib')

export interface ErrorClass {
  readonly name: string
  readonly base: string
  /** The code that it has, if it is given no other. */
  readonly code: string | null
  /** The message that it makes itself. */
  readonly message: string | null
  /** The first sentence of its docstring. */
  readonly meaning: string
}

export interface ErrorCode {
  readonly code: string
  readonly classes: readonly string[]
  /** What the messages say; `…` stands for what differs. Empty when the program says it. */
  readonly messages: readonly string[]
}

const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts')).sort()
  .map(file => ts.createSourceFile(file, readFileSync(join(lib, file), 'utf8'), ts.ScriptTarget.Latest, true))

/** The names that each door exports. */
const doors = ['greenlet/index.ts', 'index.ts', 'node/index.ts', 'promise/index.ts'].map(file => readFileSync(join(lib, file), 'utf8'))

/** The classes, in the order of the files. */
export function errorClasses(): ErrorClass[] {
  const classes: ErrorClass[] = []
  for (const file of files) {
    visit(file, node => {
      if (!ts.isClassDeclaration(node) || node.name === undefined) return
      const base = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression.getText()
      if (base !== undefined) classes.push({ name: node.name.text, base, ...handedOn(node), meaning: firstSentence(node) })
    })
  }
  const isError = (name: string): boolean =>
    /^(Error|TypeError)$/.test(name) || classes.some(other => other.name === name && isError(other.base))
  return classes.filter(({ name }) => isError(name))
}

/** The codes, in the order of the alphabet. */
export function errorCodes(): ErrorCode[] {
  const classes = new Map(errorClasses().map(errorClass => [errorClass.name, errorClass]))
  const found = new Map<string, { classes: Set<string>; messages: Set<string> }>()
  const note = (code: string, name: string | null, messages: readonly string[]): void => {
    const entry = found.get(code) ?? { classes: new Set(), messages: new Set() }
    found.set(code, entry)
    if (name !== null) entry.classes.add(name)
    for (const message of messages) if (/[a-zA-Z]{2}/.test(message)) entry.messages.add(message)
  }
  for (const { name, code, message } of classes.values()) if (code !== null) note(code, name, message === null ? [] : [message])
  for (const file of files) {
    visit(file, node => {
      const [name, messages] = madeBy(node)
      for (const code of codesIn(node, classes)) note(code, name, messages)
    })
  }
  const entries = [...found].map(([code, entry]) => ({ code, classes: [...entry.classes], messages: [...entry.messages] }))
  return entries.sort((a, b) => a.code < b.code ? -1 : 1)

  /** The class and the messages, where an error is made. */
  function madeBy(node: ts.Node): [name: string | null, messages: readonly string[]] {
    if (!ts.isNewExpression(node) || !classes.has(node.expression.getText())) return [null, []]
    return [node.expression.getText(), words(node.arguments?.[0])]
  }
}

/** The codes that an expression gives an error. */
function codesIn(node: ts.Node, classes: ReadonlyMap<string, ErrorClass>): string[] {
  if (ts.isNewExpression(node)) {
    const errorClass = classes.get(node.expression.getText())
    if (errorClass === undefined) return []
    const [, second] = node.arguments ?? []
    if (second === undefined) return inherited(errorClass, classes)
    if (ts.isObjectLiteralExpression(second)) {
      const code = second.properties.find(property => property.name?.getText() === 'code')
      return code !== undefined && ts.isPropertyAssignment(code) ? literals(code.initializer).filter(isCode) : inherited(errorClass, classes)
    }
    return literals(second).filter(isCode)
  }
  // A function that makes the error is told the code.
  if (!ts.isCallExpression(node) || !/^[a-z]\w*$/.test(node.expression.getText())) return []
  return node.arguments.flatMap(argument => literals(argument).filter(text => text.includes('_') && isCode(text)))
}

function inherited(errorClass: ErrorClass, classes: ReadonlyMap<string, ErrorClass>): string[] {
  for (let at: ErrorClass | undefined = errorClass; at !== undefined; at = classes.get(at.base)) if (at.code !== null) return [at.code]
  return []
}

function isCode(text: string): boolean { return /^[A-Z]{2,}(_[A-Z]+)*$/.test(text) }

function literals(expression: ts.Expression): string[] {
  if (ts.isStringLiteral(expression)) return [expression.text]
  if (ts.isConditionalExpression(expression)) return [...literals(expression.whenTrue), ...literals(expression.whenFalse)]
  return []
}

/** What a message may be, with `…` for what is put into it. None when it is made elsewhere. */
function words(expression: ts.Expression | undefined): string[] {
  if (expression === undefined) return []
  if (ts.isStringLiteral(expression) || ts.isNoSubstitutionTemplateLiteral(expression)) return [expression.text]
  if (ts.isTemplateExpression(expression)) {
    return [[expression.head.text, ...expression.templateSpans.map(({ literal }) => `…${literal.text}`)].join('')]
  }
  if (ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return orUnknown(words(expression.left)).flatMap(left => orUnknown(words(expression.right)).map(right => left + right))
  }
  if (ts.isParenthesizedExpression(expression)) return words(expression.expression)
  if (ts.isConditionalExpression(expression)) return [...words(expression.whenTrue), ...words(expression.whenFalse)]
  return []
}

function orUnknown(messages: string[]): string[] { return messages.length === 0 ? ['…'] : messages }

/** What its constructor hands on: the code, and the message if it makes that. */
function handedOn(node: ts.ClassDeclaration): Pick<ErrorClass, 'code' | 'message'> {
  const constructor = node.members.find(ts.isConstructorDeclaration)
  let code: string | null = null
  let message: string | null = null
  if (constructor === undefined) return { code, message }
  const given = constructor.parameters.flatMap(({ initializer }) => initializer === undefined ? [] : literals(initializer)).filter(isCode)
  code = given[0] ?? null
  visit(constructor, inner => {
    if (!ts.isCallExpression(inner) || inner.expression.kind !== ts.SyntaxKind.SuperKeyword) return
    visit(inner, part => { if (ts.isStringLiteral(part) && isCode(part.text)) code = part.text })
    message = words(inner.arguments[0])[0] ?? null
  })
  return { code, message }
}

function firstSentence(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node)
  const text = typeof comment?.comment === 'string' ? comment.comment.replace(/\s+/g, ' ') : ''
  return (/^.*?[.](?= [A-Z]|$)/.exec(text)?.[0] ?? text).trim()
}

function visit(node: ts.Node, callback: (node: ts.Node) => void): void {
  callback(node)
  ts.forEachChild(node, child => { visit(child, callback) })
}

/** The text of the page. */
export function markdown(): string {
  const classes = errorClasses()
  const own = classes.filter(({ name }) => doors.some(door => new RegExp(`\\b${name}\\b`).test(door)))
  const isSystem = ({ name }: ErrorClass): boolean => name === 'OSError' || ancestors(name, classes).includes('OSError')
  return [
    INTRODUCTION,
    '## Classes', '',
    ...table(['class', 'extends', 'code', 'what it means'], own.filter(errorClass => !isSystem(errorClass)).map(row)),
    '## Classes of the system', '',
    'They come from `yieldfrom/node`. Their code is that of the system, such as `ENOENT`.', '',
    ...table(['class', 'extends', 'code', 'what it means'], own.filter(isSystem).map(row)),
    '## Codes', '',
    'What the message of an error says. `…` stands for what differs from one error to the next. In parentheses stands what the class means,',
    'where the program gives the message, or the message is made elsewhere.', '',
    ...table(['code', 'class', 'message'], errorCodes().map(({ code, classes: names, messages }) => [
      `<a id="${code.toLowerCase()}"></a>\`${code}\``,
      names.map(name => `\`${name}\``).join(', '),
      messages.map(escaped).join('<br>') || `(${classes.find(({ name }) => name === names[0])?.meaning ?? ''})`,
    ])),
  ].join('\n')
}

function row({ name, base, code, meaning }: ErrorClass): string[] {
  return [`\`${name}\``, `\`${base === 'CodedError' ? 'Error' : base}\``, code === null ? '' : `\`${code}\``, meaning.replace(/\|/g, '\\|')]
}

function ancestors(name: string, classes: readonly ErrorClass[]): string[] {
  const base = classes.find(other => other.name === name)?.base
  return base === undefined ? [] : [base, ...ancestors(base, classes)]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).concat('')
}

const INTRODUCTION = `# Errors

Every error of the library has a class, a \`code\` and a sentence that says what to write instead. The code tells two slips apart that have
the same class, and does not change with the words: \`if (error.code === 'LOOP_CLOSED') …\`.

\`\`\`ts
import { EventLoop, RuntimeError } from 'yieldfrom'

const loop = new EventLoop()
loop.close()
try {
  loop.callSoon(() => {})
} catch (error) {
  if (error instanceof RuntimeError) console.log(error.name, error.code, error.message)
}
\`\`\`

prints

\`\`\`
RuntimeError LOOP_CLOSED Event loop is closed
\`\`\`

Errors that mean to leave are of the class \`BaseException\`: a \`catch\` of "whatever went wrong" lets them pass
([cancellation.md](cancellation.md#catching-it)). The names of the classes are Python's. A wrong argument is a \`TypeError\` of JavaScript, with a code.

This page is made from the source: \`npm run errors\`.
`

if (require.main === module) writeFileSync(page, markdown())
