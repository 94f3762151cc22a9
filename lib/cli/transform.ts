import { type AnyNode, type CatchClause, type Function as FunctionNode, type Pattern, type Program, type SourceLocation, type TryStatement, type YieldExpression, parse } from 'acorn'
import MagicString from 'magic-string'
import { withoutTypes } from './without-types.ts'

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
 * @throws SyntaxError when it cannot be parsed.
 */
export function transform(source: string, file: string): Transformed {
  const plain = /\.[cm]?tsx?$/.test(file) ? withoutTypes(source) : source
  const { program, module } = parsed(plain, file)
  const text = new MagicString(plain)
  new Instrumenter(plain, text, file, nameFor(plain), module).visit(program, null)
  return { code: text.toString(), module }
}

/** Parse the program. It is an ES module if the ending of its name says so, or if it cannot be parsed as CommonJS. */
function parsed(code: string, file: string): { program: Program; module: boolean } {
  const options = { ecmaVersion: 'latest', locations: true, allowHashBang: true } as const
  const asModule = (): { program: Program; module: boolean } => ({ program: parse(code, { ...options, sourceType: 'module', allowAwaitOutsideFunction: true }), module: true })
  const asScript = (): { program: Program; module: boolean } => ({ program: parse(code, { ...options, sourceType: 'script', allowReturnOutsideFunction: true }), module: false })
  if (/\.m[jt]s$/.test(file)) return asModule()
  if (/\.c[jt]s$/.test(file)) return asScript()
  try {
    return asScript()
  } catch {
    return asModule()
  }
}

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
    private readonly module: boolean,
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
    const isBlock = node.type === 'BlockStatement' || node.type === 'ForStatement' || node.type === 'ForOfStatement' || node.type === 'ForInStatement'
    if (isBlock) generator.scopes.push(namesIn(node))
    this.children(node, generator)
    if (isBlock) generator.scopes.pop()
    if ((node.type === 'ReturnStatement' || node.type === 'ThrowStatement') && node.argument) { // a `finally` may still return or throw something else
      this.before(node.argument.start, `${generator.life}.${node.type === 'ReturnStatement' ? 'returns' : 'throws'}(${this.line(node)},(`)
      this.after(node.argument.end, '))')
    }
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
    const { length: directives } = body.body.filter(statement => 'directive' in statement) // directives have to stay first
    const what = `${JSON.stringify(name)},${JSON.stringify(this.file)},${this.line(node)}`
    const made = this.canTakeMore(node, directives) ? `${this.name}Made` : 'undefined'
    if (made !== 'undefined') this.addParameter(node, `${made}=${this.name}.made(${what})`)
    const start = body.body[directives - 1]?.end ?? body.start + 1
    const names = node.params.flatMap(namesOf)
    const generator: Generator = { life, scopes: [names, namesIn(body)] }
    this.children(body, generator)
    this.before(start, `${directives > 0 ? ';' : ''}const ${life}=${this.name}.enter(${made},${what});try{`)
    this.after(body.end - 1, `}catch(${this.name}Error){throw ${life}.raise(${this.name}Error)}finally{${life}.exit()}`)
  }

  /** Can the function take a hidden parameter? Its default value tells that the generator was made. */
  private canTakeMore(node: FunctionNode, directives: number): boolean {
    const last = node.params[node.params.length - 1]
    return this.module && directives === 0 && last?.type !== 'RestElement'
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

  private visitYield(node: YieldExpression, { life, scopes }: Generator): void {
    const line = this.line(node)
    const [before, after] = node.delegate ? ['delegate', 'result'] : ['yields', 'sent']
    const locals = localsOf(scopes)
    this.before(node.start, `${life}.${after}(${line},`)
    const more = locals === '' ? '' : `,${locals}`
    if (node.argument) {
      this.before(node.argument.start, ` ${life}.${before}(${line},(`)
      this.after(node.argument.end, `)${more})`)
    } else {
      this.after(node.end, ` ${life}.${before}(${line},undefined${more})`)
    }
    this.after(node.end, ')')
  }

  /** An error on its way to a `finally` is told before the `finally` begins. Otherwise it would look like a close. */
  private visitTry(node: TryStatement, { life }: Generator): void {
    const { block, handler, finalizer } = node
    if (handler) {
      const error = handler.param ? errorOf(handler) : `${this.name}Caught`
      if (!handler.param) this.before(handler.body.start, `(${error})`)
      this.before(handler.body.start + 1, `${life}.caught(${this.line(handler)}${error === '' ? '' : `,${error}`});`)
    }
    if (!finalizer) return
    if (handler) this.before(node.start, 'try{')
    this.after((handler ?? block).end, `${handler ? '}' : ''}catch(${this.name}Error){throw ${life}.passes(${this.name}Error)}`)
    this.before(finalizer.start + 1, `${life}.final(${this.line(finalizer)});`)
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

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
}

function errorOf({ param }: CatchClause): string { return param?.type === 'Identifier' ? param.name : '' }

/** A node that has variables of its own. */
type Block = Extract<AnyNode, { type: 'BlockStatement' | 'ForStatement' | 'ForOfStatement' | 'ForInStatement' }>

/** The names that a block declares itself. Those of inner blocks do not count. */
function namesIn(node: Block): string[] {
  const statements: readonly (AnyNode | null | undefined)[] = node.type === 'BlockStatement' ? node.body
    : [node.type === 'ForStatement' ? node.init : node.left]
  return statements.flatMap(statement => statement?.type === 'VariableDeclaration' ? statement.declarations.flatMap(({ id }) => namesOf(id)) : [])
}

function namesOf(pattern: Pattern | null): string[] {
  switch (pattern?.type) {
    case 'Identifier': return [pattern.name]
    case 'ObjectPattern': return pattern.properties.flatMap(property => namesOf(property.type === 'RestElement' ? property.argument : property.value))
    case 'ArrayPattern': return pattern.elements.flatMap(namesOf)
    case 'RestElement': return namesOf(pattern.argument)
    case 'AssignmentPattern': return namesOf(pattern.left)
    default: return []
  }
}

/** The source of a function that gives the variables as getters: see `Locals` in `lib/study/source-tracer.ts`. */
function localsOf(scopes: readonly string[][]): string {
  const names = Array.from(new Set(scopes.flat()))
  return names.length === 0 ? '' : `()=>({${names.map(name => `get ${name}(){return ${name}}`).join(',')}})`
}
