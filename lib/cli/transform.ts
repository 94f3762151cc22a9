import { type AnyNode, type CatchClause, type Function as FunctionNode, type Pattern, type Program, type SourceLocation, type TryStatement, type YieldExpression, parse } from 'acorn'
import MagicString from 'magic-string'
import { withoutTypes } from './without-types.ts'

/** What the transformed program calls. A program that has the name itself gets the next longer one. */
export const GLOBAL = '$yieldfrom'
/** So many underscores may follow. */
export const LONGEST = 4

export interface Transformed {
  readonly code: string
  /** An ES module, or CommonJS. */
  readonly module: boolean
}

/**
 * Make each generator of a program tell what it does. Text is only put in, and no line is: so line numbers stay right, and
 * there is no source map.
 * @param source the program. Types are taken out first.
 * @param file its name, for the recording.
 * @throws SyntaxError when it is no program.
 */
export function transform(source: string, file: string): Transformed {
  const plain = /\.[cm]?tsx?$/.test(file) ? withoutTypes(source) : source
  const { program, module } = parsed(plain, file)
  const text = new MagicString(plain)
  new Instrumenter(plain, text, file, nameFor(plain), module).visit(program, null)
  return { code: text.toString(), module }
}

/** As an ES module if it can be one and has to be: it imports or exports, or says so by its name. */
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

function nameFor(code: string): string {
  for (let name = GLOBAL; name.length <= GLOBAL.length + LONGEST; name += '_') if (!code.includes(name)) return name
  throw new SyntaxError(`a program that uses ${GLOBAL} and its longer forms as names cannot be traced. Rename them`)
}

/** The generator whose body is being visited. */
interface Generator {
  /** The variable that holds its life. */
  readonly life: string
  /** The names that can be seen, a set for each block around. */
  readonly scopes: string[][]
}

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

  private inGenerator(node: AnyNode, generator: Generator): void {
    const isBlock = node.type === 'BlockStatement' || node.type === 'ForStatement' || node.type === 'ForOfStatement' || node.type === 'ForInStatement'
    if (isBlock) generator.scopes.push(namesIn(node))
    this.children(node, generator)
    if (isBlock) generator.scopes.pop()
    if ((node.type === 'ReturnStatement' || node.type === 'ThrowStatement') && node.argument) { // what a finally may overrule
      this.before(node.argument.start, `${generator.life}.${node.type === 'ReturnStatement' ? 'returns' : 'throws'}(${this.line(node)},(`)
      this.after(node.argument.end, '))')
    }
    if (node.type === 'TryStatement') this.visitTry(node, generator)
    if (node.type === 'ExpressionStatement' || node.type === 'ReturnStatement' || node.type === 'ThrowStatement') this.end(node)
  }

  private children(node: AnyNode, generator: Generator | null): void {
    for (const key of Object.keys(node)) {
      const child: unknown = Reflect.get(node, key)
      if (Array.isArray(child)) {
        for (const item of child) {
          if (!isNode(item)) continue
          this.visit(item, generator)
          if (item.type === 'VariableDeclaration' && generator !== null) this.end(item)
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
    const { length: directives } = body.body.filter(statement => 'directive' in statement) // they stand first
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

  /** Can a hidden parameter be added, which tells that the generator was made? */
  private canTakeMore(node: FunctionNode, directives: number): boolean {
    const last = node.params[node.params.length - 1]
    return this.module && directives === 0 && last?.type !== 'RestElement'
  }

  private addParameter(node: FunctionNode, parameter: string): void {
    const last = node.params[node.params.length - 1]
    const from = last === undefined ? this.afterName(node) : last.end
    this.after(from, last === undefined ? parameter : `,${parameter}`)
  }

  /** Behind the bracket that opens an empty list of parameters. */
  private afterName(node: FunctionNode): number {
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

  /** Where there is a `finally`, an error on its way there is told first: otherwise nobody could tell it from a close. */
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

  /** A statement that ended with its line now ends with a semicolon: what was put in might go on in the next line. */
  private end(node: AnyNode): void {
    if (this.code[node.end - 1] !== ';') this.after(node.end, ';')
  }

  // What is further in is put in first. So what comes before is put in front of it, and what comes after behind it.

  private before(at: number, text: string): void { this.text.prependLeft(at, text) }

  private after(at: number, text: string): void { this.text.appendLeft(at, text) }

  private line(node: AnyNode | FunctionNode): string { return String((node.loc as SourceLocation).start.line) }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
}

function errorOf({ param }: CatchClause): string { return param?.type === 'Identifier' ? param.name : '' }

/** What has names of its own. */
type Block = Extract<AnyNode, { type: 'BlockStatement' | 'ForStatement' | 'ForOfStatement' | 'ForInStatement' }>

/** The names that a block declares itself, and not in blocks further in. */
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

function localsOf(scopes: readonly string[][]): string {
  const names = Array.from(new Set(scopes.flat()))
  return names.length === 0 ? '' : `()=>({${names.map(name => `get ${name}(){return ${name}}`).join(',')}})`
}
