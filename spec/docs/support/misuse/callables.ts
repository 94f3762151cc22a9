import { join } from 'node:path'
import * as ts from 'typescript'

export interface Parameter {
  /** Its name, or the option and where it belongs: `options.limit`. */
  readonly name: string
  readonly isOptional: boolean
  /** Its type, as TypeScript writes it. */
  readonly type: string
  /** The option of it that is meant. */
  readonly option: string | null
}

/** A function, a class to be made with `new`, a method, or a property that can be read or written, with what it takes. */
export interface Callable {
  /** The folder of its door in lib/. */
  readonly door: string
  /** `sleep`, `new Queue`, `Queue.put`, `EventLoop.slowCallbackDuration`. */
  readonly name: string
  readonly owner: string | null
  readonly method: string
  readonly kind: 'function' | 'class' | 'method' | 'property'
  readonly parameters: readonly Parameter[]
  /** The options of its parameters, each as a parameter. */
  readonly options: readonly Parameter[]
  /** What it gives is waited for. */
  readonly isAwaited: boolean
}

/** A mutation test changes a copy of the source, and reads the types of the original. */
const root = process.env['SOURCE'] ?? join(__dirname, '../../../..')

const compilerOptions: ts.CompilerOptions = {
  strict: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true, noEmit: true, skipLibCheck: true, types: ['node'],
}
const programs = new Map<string, ts.Program>()

/**
 * Everything that can be called at some doors, as the types tell it. What two doors have is told once.
 * @param doors the folders in lib/: '' for `yieldfrom`, 'testing'. They share one reading of the types.
 */
export function callables(...doors: readonly string[]): Callable[] {
  const key = doors.join()
  const files = doors.map(door => join(root, 'lib', door, 'index.ts'))
  const program = programs.get(key) ?? ts.createProgram(files, compilerOptions)
  programs.set(key, program)
  const checker = program.getTypeChecker()
  const sources = files.map(file => program.getSourceFile(file) as ts.SourceFile)
  const all = new Set(sources.flatMap(source => exportsOf(checker, source).map(exported => aliased(checker, exported))))
  const known = new Set<ts.Symbol>()
  return sources.flatMap((source, i) => callablesOf(checker, source, all, known).map(callable => ({ ...callable, door: doors[i] as string })))
}

function exportsOf(checker: ts.TypeChecker, file: ts.SourceFile): ts.Symbol[] {
  return checker.getExportsOfModule(checker.getSymbolAtLocation(file) as ts.Symbol)
}

function aliased(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
}

/** @param all what the doors export: a method that a class has from one of them is told there. */
function callablesOf(checker: ts.TypeChecker, file: ts.SourceFile, all: ReadonlySet<ts.Symbol>, known: Set<ts.Symbol>): Omit<Callable, 'door'>[] {
  const found: Omit<Callable, 'door'>[] = []
  const written = (type: ts.Type): string => checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation)
  const isOurs = (symbol: ts.Symbol): boolean => symbol.declarations?.[0]?.getSourceFile().fileName.startsWith(join(root, 'lib')) ?? false

  const add = (name: string, owner: string | null, method: string, kind: Callable['kind'], signature: ts.Signature): void => {
    found.push({
      name, owner, method, kind,
      parameters: signature.parameters.flatMap(parameterOf),
      options: signature.parameters.flatMap(optionsOf),
      isAwaited: method !== 'getCoro' && /^(Coroutine|Delegation|Awaitable|Future|Task|Switching|PendingRequest|SwitchRequest)</.test(written(signature.getReturnType())),
    })
  }
  const parameterOf = (symbol: ts.Symbol): Parameter[] => {
    const declared = symbol.valueDeclaration
    if (declared === undefined || !ts.isParameter(declared) || declared.dotDotDotToken !== undefined) return []
    const type = written(checker.getTypeOfSymbolAtLocation(symbol, file))
    return [{ name: ts.isIdentifier(declared.name) ? symbol.name : 'options', isOptional: checker.isOptionalParameter(declared), type, option: null }]
  }
  const optionsOf = (symbol: ts.Symbol): Parameter[] => {
    const [parameter] = parameterOf(symbol)
    if (parameter === undefined || !/^\$?(options|settings)$/.test(parameter.name)) return []
    const type = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(symbol, file))
    return checker.getPropertiesOfType(type).filter(isOurs).map(property => ({
      ...parameter, name: `${parameter.name.replace('$', '')}.${property.name}`, type: written(checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(property, file))),
      option: property.name,
    }))
  }
  const basesOf = (type: ts.Type): ts.Type[] => (type.getBaseTypes() ?? []).flatMap(base => [base, ...basesOf(base)])
  const isOfAnother = (member: ts.Symbol, own: ts.Symbol): boolean => basesOf(checker.getDeclaredTypeOfSymbol(own)).some(base =>
    all.has(base.symbol) && base.getProperty(member.name)?.declarations?.[0] === member.declarations?.[0])
  const addMembers = (name: string, own: ts.Symbol): void => {
    for (const member of checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(own))) {
      const [declared] = member.declarations ?? []
      if (declared === undefined || !isOurs(member) || isInternal(declared) || isOfAnother(member, own)) continue
      if (/^[$_]/.test(member.name) || (ts.getCombinedModifierFlags(declared) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0) continue
      const memberType = checker.getTypeOfSymbolAtLocation(member, file)
      const [signature] = memberType.getCallSignatures()
      if (signature !== undefined) {
        add(`${name}.${member.name}`, name, member.name, 'method', signature)
      } else if (member.flags & ts.SymbolFlags.Accessor) {
        const setter = member.declarations?.find(ts.isSetAccessor)
        const parameters = setter === undefined ? [] : [{ name: 'value', isOptional: false, type: written(memberType), option: null }]
        found.push({ name: `${name}.${member.name}`, owner: name, method: member.name, kind: 'property', parameters, options: [], isAwaited: false })
      }
    }
  }

  for (const exported of exportsOf(checker, file)) {
    const symbol = aliased(checker, exported)
    if ((symbol.flags & ts.SymbolFlags.Value) === 0 || known.has(symbol)) continue
    known.add(symbol)
    const { name } = exported
    const type = checker.getTypeOfSymbolAtLocation(symbol, file)
    const [call] = type.getCallSignatures()
    const [construct] = type.getConstructSignatures()
    if (call !== undefined) add(name, null, name, 'function', call)
    if ((symbol.flags & ts.SymbolFlags.Class) === 0) continue
    if (construct !== undefined && !isTypeOnly(exported)) add(`new ${name}`, null, name, 'class', construct)
    addMembers(name, symbol)
  }
  return found
}

function isInternal(declared: ts.Declaration): boolean { return ts.getJSDocTags(declared).some(({ tagName }) => tagName.text === 'internal') }

/** Is it exported as a type alone, so that only the library makes it? */
function isTypeOnly(exported: ts.Symbol): boolean {
  return exported.declarations?.some(declared => ts.isExportSpecifier(declared) && (declared.isTypeOnly || declared.parent.parent.isTypeOnly)) ?? false
}
