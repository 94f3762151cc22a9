import type { TSESLint, TSESTree } from '@typescript-eslint/utils'
import type { ParameterDeclaration, Signature, Type, TypeChecker } from 'typescript'

type Services = NonNullable<TSESLint.SourceCode['parserServices']>

/** The types of a program, as a rule sees them. Types of the library are known by their names. */
export class Program {
  private readonly checker: TypeChecker
  /** Without the setting, a type does not say whether it may be null. */
  private readonly knowsNull: boolean

  constructor(private readonly services: Services & { readonly program: NonNullable<Services['program']> }) {
    this.checker = services.program.getTypeChecker()
    this.knowsNull = !this.checker.isTypeAssignableTo(this.checker.getNullType(), this.checker.getStringType())
  }

  typeOf(node: TSESTree.Node): Type {
    return this.checker.getTypeAtLocation(this.nodeOf(node))
  }

  /** What kind of awaitable is the value of an expression? One of its types is enough: `condition && sleep(1)`. */
  kindOf(node: TSESTree.Node): Awaited | null {
    const kinds = constituents(this.typeOf(node)).map(type => this.kindOfType(type))
    return kinds.find(kind => kind !== null) ?? null
  }

  /** Is the value an awaitable in any case? What may be null is often asked whether it is there. */
  isAlwaysAwaitable(node: TSESTree.Node): boolean {
    const types = constituents(this.typeOf(node))
    return this.knowsNull && types.every(type => this.kindOfType(type) !== null)
  }

  /** Is it the generator object of a `function*`? It may yield anything. */
  isGenerator(node: TSESTree.Node): boolean {
    return constituents(this.typeOf(node)).some(type => type.getSymbol()?.name === 'Generator')
  }

  /** Is it an array of awaitables, such as the result of `map()`? @param kinds which of them count. */
  isListOf(node: TSESTree.Node, kinds: readonly Awaited[]): boolean {
    const type = this.typeOf(node)
    return this.checker.isArrayLikeType(type) && this.argumentsOf(type).some(each => constituents(each).some(one => kinds.includes(this.kindOfType(one) as Awaited)))
  }

  /** Is it the global `Promise`? */
  isPromiseClass(node: TSESTree.Node): boolean { return this.typeOf(node).getSymbol()?.name === 'PromiseConstructor' }

  /** Is it a function that gives a coroutine? A `function*` gives one, whatever it yields. */
  givesCoroutine(node: TSESTree.Node): boolean {
    return ('generator' in node && node.generator) ||
      this.typeOf(node).getCallSignatures().some(signature => constituents(signature.getReturnType()).some(type => this.kindOfType(type) === 'coroutine'))
  }

  /**
   * Does nobody look at what the function in this place returns, as far as its type says?
   * @param results the types of results at which nobody looks.
   */
  isDropped(node: TSESTree.Expression, results: ReadonlySet<string>): boolean {
    const expected = this.checker.getContextualType(this.nodeOf(node))
    const signatures = expected === undefined ? [] : this.checker.getNonNullableType(expected).getCallSignatures()
    return signatures.length > 0 && signatures.every(signature => results.has(this.checker.typeToString(signature.getReturnType())))
  }

  /** Is it a coroutine, and has no coroutine a property of this name? */
  lacks(node: TSESTree.Node, name: string): boolean {
    const types = constituents(this.checker.getNonNullableType(this.typeOf(node)))
    return types.every(type => this.kindOfType(type) === 'coroutine' && type.getProperty(name) === undefined)
  }

  /** Is it an array? */
  isList(node: TSESTree.Node): boolean { return this.checker.isArrayLikeType(this.typeOf(node)) }

  /** Has the value all of these methods? So an object of the library is known. */
  has(node: TSESTree.Node, ...names: string[]): boolean {
    const type = this.checker.getNonNullableType(this.typeOf(node))
    return names.every(name => {
      const property = type.getProperty(name)
      return property !== undefined && this.checker.getTypeOfSymbol(property).getCallSignatures().length > 0
    })
  }

  /** Does the parameter have a type that is so wide that the compiler accepts everything? One without a type may be meant for awaitables. */
  takesAnything(call: TSESTree.CallExpression | TSESTree.NewExpression, index: number): boolean {
    const signature = this.checker.getResolvedSignature(this.nodeOf(call)) as Signature
    if (this.checker.getTypePredicateOfSignature(signature) !== undefined) return false // the function asks what the value is
    const parameters = signature.getParameters()
    const parameter = parameters[index] ?? parameters[parameters.length - 1]
    if (parameter === undefined) return false
    const declaration = parameter.valueDeclaration as ParameterDeclaration | undefined
    if (declaration !== undefined && declaration.type === undefined) return false
    const type = this.checker.getTypeOfSymbol(parameter)
    const isRest = declaration?.dotDotDotToken !== undefined
    return ANYTHING.has(this.checker.typeToString(type).replace(isRest ? '[]' : '', ''))
  }

  private nodeOf(node: TSESTree.Node): never { return this.services.esTreeNodeToTSNodeMap?.get(node) as never }

  private kindOfType(type: Type): Awaited | null {
    if (type.getProperty('addDoneCallback') !== undefined && this.isAwaitable(type)) {
      return type.getProperty('uncancel') === undefined ? 'future' : 'task'
    }
    return this.isAwaitable(type) ? 'coroutine' : null
  }

  /** Does `yield*` on it yield what drivers of coroutines understand? */
  private isAwaitable(type: Type): boolean {
    const iterate = this.checker.getPropertiesOfType(type).find(({ name }) => name.startsWith('__@iterator'))
    if (iterate === undefined || this.checker.isArrayLikeType(type)) return false
    const [iterated] = this.checker.getTypeOfSymbol(iterate).getCallSignatures()
    const yielded = this.argumentsOf(iterated?.getReturnType())[0]
    if (yielded === undefined) return false
    // A function* that does not wait yet yields nothing.
    return this.checker.typeToString(yielded) === 'never' || constituents(yielded).some(each => TOKENS.has(each.getSymbol()?.name ?? ''))
  }

  private argumentsOf(type: Type | undefined): readonly Type[] {
    return type !== undefined && 'target' in type ? this.checker.getTypeArguments(type as never) : []
  }
}

/** A coroutine or a request does nothing until it is yielded. A task runs by itself, and somebody may set any other future. */
export type Awaited = 'coroutine' | 'future' | 'task'

/** The types of what coroutines of the library yield. */
const TOKENS = new Set(['TrapToken', 'Emitted', 'Switched'])

/** The compiler accepts a coroutine where one of these types is expected. */
const ANYTHING = new Set(['any', 'unknown'])

function constituents(type: Type): readonly Type[] { return type.isUnion() ? type.types : [type] }

/** @returns the types of a program, for a rule. @throws when the parser gives no types. */
export function programOf({ sourceCode }: TSESLint.RuleContext<string, readonly unknown[]>): Program {
  const { parserServices } = sourceCode
  if (parserServices?.program == null) {
    throw new Error("the rules of yieldfrom need types. Write files: ['**/*.ts'], and languageOptions: { parserOptions: { projectService: true } } " +
      'with the parser of typescript-eslint')
  }
  return new Program(parserServices as never)
}
