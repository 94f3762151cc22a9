import type { AnyNode, CatchClause, ExpressionStatement, Function as FunctionNode, ReturnStatement, SourceLocation, ThrowStatement, TryStatement, YieldExpression } from 'acorn'
import MagicString from 'magic-string'
import { parsed } from './parse.ts'
import { isNode, isScope, localsOf, namesIn, namesOf, namesOfFunction } from './variables.ts'

/** The global name that a transformed program calls. If the program uses the name itself, underscores are added. */
export const GLOBAL = '$yieldfrom'
/** The largest number of underscores. */
export const LONGEST = 4

export interface Transformed {
  readonly code: string
  /** True for an ES module, false for CommonJS. */
  readonly module: boolean
}

/**
 * Put calls into a program, by which each of its generators tells what it does. No line is added, so line numbers stay right without
 * a source map.
 * @param source the program. Its types are taken out first.
 * @param file its path, which the recording mentions.
 * @param isModule whether its package says that it is an ES module.
 * @throws SyntaxError when it cannot be parsed.
 */
export function transform(source: string, file: string, isModule?: boolean): Transformed {
  const { code, program, module } = parsed(source, file, isModule)
  const text = new MagicString(code)
  const isStrict = module || isStrictBy(directivesOf(program.body))
  new Instrumenter(code, text, file, nameFor(code), isStrict).visit(program, null)
  return { code: text.toString(), module }
}

/** A statement such as `'use strict'`, at the beginning of a body. */
interface Directive extends ExpressionStatement { readonly directive: string }

function directivesOf(statements: readonly AnyNode[]): Directive[] { return statements.filter((statement): statement is Directive => statement.type === 'ExpressionStatement' && statement.directive !== undefined) }

function isStrictBy(directives: readonly Directive[]): boolean { return directives.some(({ directive }) => directive === 'use strict') }

/** The global name for a program, which the program does not use itself. */
function nameFor(code: string): string {
  for (let name = GLOBAL; name.length <= GLOBAL.length + LONGEST; name += '_') if (!code.includes(name)) return name
  throw new SyntaxError(`a program that uses the names ${GLOBAL}, ${GLOBAL}_ and so on cannot be traced. Rename them`)
}

/** The generator whose body is being visited. */
interface Generator {
  /** The name of the variable that holds its `Life`, which `lib/study/source-tracer.ts` makes. */
  readonly life: string
  /** The names of the visible variables, a list for each block around. */
  readonly scopes: string[][]
}

/** Visits the nodes of a program, and puts the calls into its text. */
class Instrumenter {
  constructor(
    private readonly code: string, private readonly text: MagicString, private readonly file: string, private readonly name: string,
    private readonly strict: boolean,
  ) {}

  visit(node: AnyNode, generator: Generator | null, name = ''): void {
    switch (node.type) {
      case 'FunctionDeclaration': case 'FunctionExpression':
        this.visitFunction(node, node.id?.name ?? (name === '' ? '<anonymous>' : name))
        return
      case 'ArrowFunctionExpression':
        this.children(node, null)
        return
      case 'YieldExpression':
        this.children(node, generator)
        if (generator !== null) this.visitYield(node, generator)
        return
      case 'MethodDefinition': case 'Property': {
        if (node.computed) this.visit(node.key, generator)
        const key = node.key.type === 'Identifier' && !node.computed ? node.key.name : node.key.type === 'Literal' ? String(node.key.value) : this.code.slice(node.key.start, node.key.end)
        this.visit(node.value, generator, key)
        return
      }
      case 'PropertyDefinition':
        if (node.computed) this.visit(node.key, generator)
        if (node.value) this.visit(node.value, null)
        return
      case 'StaticBlock':
        this.children(node, null)
        return
      case 'VariableDeclarator':
        if (node.init) this.visit(node.init, generator, node.id.type === 'Identifier' ? node.id.name : '')
        this.visit(node.id, generator)
        return
      default:
    }
    if (generator !== null) this.inGenerator(node, generator)
    else this.children(node, null)
  }

  /** Visit a node inside a generator. */
  private inGenerator(node: AnyNode, generator: Generator): void {
    if (isScope(node)) generator.scopes.push(namesIn(node))
    this.children(node, generator)
    if (isScope(node)) generator.scopes.pop()
    if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement') this.visitExit(node, generator)
    if (node.type === 'TryStatement') this.visitTry(node, generator)
    if (node.type === 'ExpressionStatement' || node.type === 'ReturnStatement' || node.type === 'ThrowStatement') this.endStatement(node)
  }

  private children(node: AnyNode, generator: Generator | null): void {
    for (const key of Object.keys(node)) {
      const child: unknown = Reflect.get(node, key)
      if (Array.isArray(child)) {
        for (const item of child) {
          if (!isNode(item)) continue
          this.visit(item, generator)
          if (item.type === 'VariableDeclaration' && generator !== null) this.endStatement(item)
        }
      } else if (isNode(child)) {
        this.visit(child, generator)
      }
    }
  }

  private visitFunction(node: FunctionNode & { type: string }, name: string): void {
    const tells = node.generator && !node.async
    for (const parameter of node.params) this.visit(parameter, null)
    if (!tells || node.body.type !== 'BlockStatement') {
      this.children(node.body, null)
      return
    }
    const life = `${this.name}Life`
    const { body } = node
    const directives = directivesOf(body.body) // they have to stay first
    const what = `${JSON.stringify(name)},${JSON.stringify(this.file)},${this.line(node)}`
    const made = this.canTakeMore(node, directives) ? `${this.name}Made` : 'undefined'
    if (made !== 'undefined') this.addParameter(node, `${made}=${this.name}.made(${what})`)
    const start = directives[directives.length - 1]?.end ?? body.start + 1
    const generator: Generator = { life, scopes: [namesOfFunction(node), namesIn(body)] }
    this.children(body, generator)
    this.before(start, `${directives.length > 0 ? ';' : ''}const ${life}=${this.name}.enter(${made},${what}${more(generator)});try{`)
    this.after(body.end - 1, `;${life}.falls(${String((body.loc as SourceLocation).end.line)}${more(generator)})}catch(${this.name}Error){throw ${life}.raise(${this.name}Error)}finally{${life}.exit()}`)
  }

  /**
   * Can the function take a hidden parameter? Its default value tells that the generator was made. In a function that is not strict by itself
   * or its surroundings, `arguments` and the parameters would no longer be the same variables, and `eval` might see the difference.
   */
  private canTakeMore(node: FunctionNode, directives: readonly Directive[]): boolean {
    if (node.params[node.params.length - 1]?.type === 'RestElement') return false
    if (isStrictBy(directives)) return false // the directive is not allowed beside a default value
    if (this.strict) return true
    const names = node.params.flatMap(namesOf)
    return new Set(names).size === names.length && !/\b(arguments|eval)\b/.test(this.code.slice(node.start, node.end))
  }

  private addParameter(node: FunctionNode, parameter: string): void {
    const last = node.params[node.params.length - 1]
    const from = last === undefined ? this.startOfParameters(node) : last.end
    this.after(from, last === undefined ? parameter : `,${parameter}`)
  }

  /** The place after the bracket that opens an empty list of parameters. */
  private startOfParameters(node: FunctionNode): number {
    const from = node.id?.end ?? node.start
    for (let at = from; ; at++) {
      if (this.code.startsWith('/*', at)) at = this.code.indexOf('*/', at) + 1
      else if (this.code.startsWith('//', at)) at = this.code.indexOf('\n', at)
      else if (this.code[at] === '(') return at + 1
    }
  }

  private visitYield(node: YieldExpression, generator: Generator): void {
    const { life } = generator
    const line = this.line(node)
    const [before, after] = node.delegate ? ['delegate', 'result'] : ['yields', 'sent']
    this.before(node.start, `${life}.${after}(${line},`)
    if (node.argument) {
      this.before(node.argument.start, ` ${life}.${before}(${line},(`)
      this.after(node.argument.end, `)${more(generator)})`)
    } else {
      this.after(node.end, ` ${life}.${before}(${line},undefined${more(generator)})`)
    }
    this.after(node.end, `${more(generator)})`)
  }

  /** A `return` or a `throw`. A `finally` may still return or throw something else. */
  private visitExit(node: ReturnStatement | ThrowStatement, generator: Generator): void {
    const call = `${generator.life}.${node.type === 'ReturnStatement' ? 'returns' : 'throws'}(${this.line(node)},`
    if (node.argument) {
      this.before(node.argument.start, `${call}(`)
      this.after(node.argument.end, `)${more(generator)})`)
    } else {
      this.after(node.start + 'return'.length, ` ${call}undefined${more(generator)})`)
    }
  }

  /** An error on its way to a `finally` is told before the `finally` begins. Otherwise it would look like a close. */
  private visitTry(node: TryStatement, generator: Generator): void {
    const { life } = generator
    const { block, handler, finalizer } = node
    if (handler) {
      const error = handler.param ? errorOf(handler) : `${this.name}Caught`
      if (!handler.param) this.before(handler.body.start, `(${error})`)
      const locals = localsOf([...generator.scopes, namesIn(handler)]) || 'undefined'
      this.before(handler.body.start + 1, `${life}.caught(${this.line(handler)},${locals}${error === '' ? '' : `,${error}`});`)
    }
    if (!finalizer) return
    if (handler) this.before(node.start, 'try{')
    this.after((handler ?? block).end, `${handler ? '}' : ''}catch(${this.name}Error){throw ${life}.passes(${this.name}Error)}`)
    this.before(finalizer.start + 1, `${life}.final(${this.line(finalizer)}${more(generator)});`)
  }

  /** End a statement with a semicolon. Without it, the next line might continue the text that was put in. */
  private endStatement(node: AnyNode): void {
    if (this.code[node.end - 1] !== ';') this.after(node.end, ';')
  }

  // Inner nodes are visited first. So text of an outer node goes in front of the text that is there, or behind it.

  private before(at: number, text: string): void { this.text.prependLeft(at, text) }

  private after(at: number, text: string): void { this.text.appendLeft(at, text) }

  private line(node: AnyNode | FunctionNode): string { return String((node.loc as SourceLocation).start.line) }
}

function errorOf({ param }: CatchClause): string { return param?.type === 'Identifier' ? param.name : '' }

/** One more argument: the variables that can be seen. */
function more({ scopes }: Generator): string {
  const locals = localsOf(scopes)
  return locals === '' ? '' : `,${locals}`
}
