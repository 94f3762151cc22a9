import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Linter } from 'eslint'
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript'

/** What every engine has that has generators: with less, a program could hardly be written. */
const everywhere = ['Object', 'Array', 'Map', 'Set', 'Symbol', 'Math', 'Reflect', 'Number', 'String', 'Boolean',
  'Error', 'TypeError', 'RangeError', 'Infinity', 'undefined']

/** Who may look at what the engine has, and what they find there. */
const lookers: Record<string, string[]> = {
  'base/engine.ts': ['globalThis'],
  'host/blocking-host.ts': ['globalThis', 'Atomics', 'Int32Array'],
  'host/console-logger.ts': ['globalThis'],
  // Where bytes are read there are arrays of bytes.
  'streams/separators.ts': ['Uint8Array'],
  'streams/stream-reader.ts': ['Uint8Array'],
  'transport/protocol.ts': ['Uint8Array'],
}

/** The rules know what belongs to the language, and would allow it. */
const nothing = Object.fromEntries(Object.getOwnPropertyNames(globalThis).map(name => [name, 'off']))

const linter = new Linter()

/** What of it would not work in the barest engine. Comments cannot switch that off, and types do not count. */
function faults(code: string, allowed: string[]): string[] {
  const script = transpileModule(code, { compilerOptions: { target: ScriptTarget.ES2020, module: ModuleKind.ESNext, verbatimModuleSyntax: false } })
  return linter.verify(script.outputText, {
    linterOptions: { noInlineConfig: true },
    languageOptions: { ecmaVersion: 2020, sourceType: 'module', globals: { ...nothing, ...Object.fromEntries(allowed.map(name => [name, 'readonly'])) } },
    rules: {
      'no-undef': ['error', { typeof: true }],
      'no-restricted-syntax': ['error',
        { selector: 'Literal[regex]', message: 'a regular expression' },
        { selector: 'Literal[bigint]', message: 'a big integer' },
        { selector: 'CallExpression > MemberExpression[property.name=/^(match|matchAll|search)$/]', message: 'a method that makes a regular expression' },
        { selector: 'MemberExpression[property.name="constructor"] > MemberExpression, NewExpression[callee.property.name="constructor"], ' +
          'CallExpression[callee.property.name="constructor"]', message: 'a class that nobody names' },
        { selector: ':function[async=true], AwaitExpression, ForOfStatement[await=true], ImportExpression', message: 'a promise' }],
    },
  }).map(({ message }) => message)
}

const root = join(__dirname, '../../lib')
/** All but what is for Node alone, or for a program that looks at programs. */
const files = (readdirSync(root, { recursive: true }) as string[]).filter(file => file.endsWith('.ts') && !/^(node|eslint|promise|cli)\//.test(file))

describe('the library uses nothing that an engine may lack', () => {
  it.each(files)('%s', file => {
    const path = relative(root, join(root, file))
    expect(faults(readFileSync(join(root, file), 'utf8'), [...everywhere, ...lookers[path] ?? []])).toEqual([])
  })

  it.each([
    ['a class', 'const later = new WeakMap()', "'WeakMap' is not defined."],
    ['a look at whether it is there', "if (typeof Promise === 'function') f()", "'Promise' is not defined."],
    ['the global object', 'globalThis.setTimeout(f)', "'globalThis' is not defined."],
    ['code made of text', "Function('return this')()", "'Function' is not defined."],
    ['a pattern', 'const word = /a/', 'a regular expression'],
    ['a pattern that nobody sees', "''.match('a')", 'a method that makes a regular expression'],
    ['a big integer', 'const n = 1n', 'a big integer'],
    ['a class by way of an object', "[].constructor.constructor('return this')()", 'a class that nobody names'],
    ['an asynchronous function', 'async () => {}', 'a promise'],
    ['what a comment allows', 'eval("1") // eslint-disable-line', "'eval' is not defined."],
  ])('and this is found: %s', (_, code, fault) => {
    expect(faults(`const f = (): unknown => 5;\n${code}`, everywhere)).toContain(fault)
  })

  it('but a type of that name does no harm', () => {
    expect(faults('export interface Later { then: Promise<RegExp>; at: Date } export type Now = typeof globalThis', everywhere)).toEqual([])
  })
})
