import { join } from 'node:path'
import * as ts from 'typescript'

export interface Parameter {
  readonly name: string
  readonly isOptional: boolean
  /** Its type, as TypeScript writes it. */
  readonly type: string
}

/** A function, a class to be made with `new`, or a method, with what it takes. */
export interface Callable {
  /** `sleep`, `new Queue`, `queue.put`. */
  readonly name: string
  readonly owner: string | null
  readonly method: string
  readonly isClass: boolean
  readonly parameters: readonly Parameter[]
}

/** A mutation test changes a copy of the source, and reads the types of the original. */
const root = process.env['SOURCE'] ?? join(__dirname, '../../../..')

/** Everything that can be called in the door `yieldfrom`, as the types tell it. */
export function callables(): Callable[] {
  const door = join(root, 'lib/index.ts')
  const program = ts.createProgram([door], {
    strict: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true, noEmit: true, types: [],
  })
  const checker = program.getTypeChecker()
  const file = program.getSourceFile(door) as ts.SourceFile
  const found: Callable[] = []

  const add = (name: string, owner: string | null, method: string, isClass: boolean, signature: ts.Signature): void => {
    found.push({ name, owner, method, isClass, parameters: signature.parameters.flatMap(parameter => parameterOf(parameter)) })
  }
  const parameterOf = (symbol: ts.Symbol): Parameter[] => {
    const declared = symbol.valueDeclaration
    if (declared === undefined || !ts.isParameter(declared) || declared.dotDotDotToken !== undefined) return []
    const type = checker.typeToString(checker.getTypeOfSymbolAtLocation(symbol, file), undefined, ts.TypeFormatFlags.NoTruncation)
    return [{ name: ts.isIdentifier(declared.name) ? symbol.name : 'options', isOptional: checker.isOptionalParameter(declared), type }]
  }

  for (const exported of checker.getExportsOfModule(checker.getSymbolAtLocation(file) as ts.Symbol)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
    if ((symbol.flags & ts.SymbolFlags.Value) === 0) continue
    const { name } = exported
    const type = checker.getTypeOfSymbolAtLocation(symbol, file)
    const [call] = type.getCallSignatures()
    const [construct] = type.getConstructSignatures()
    if (call !== undefined) add(name, null, name, false, call)
    if (construct === undefined) continue
    add(`new ${name}`, null, name, true, construct)
    for (const member of checker.getPropertiesOfType(construct.getReturnType())) {
      const [declared] = member.declarations ?? []
      if (declared === undefined || !declared.getSourceFile().fileName.startsWith(join(root, 'lib'))) continue
      if (/^[$_]/.test(member.name) || (ts.getCombinedModifierFlags(declared) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0) continue
      const [signature] = checker.getTypeOfSymbolAtLocation(member, file).getCallSignatures()
      if (signature !== undefined) add(`${name}.${member.name}`, name, member.name, false, signature)
    }
  }
  return found
}
