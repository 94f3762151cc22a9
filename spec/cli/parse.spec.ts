import { parsed } from '../../lib/cli/parse.ts'

/** What a reader is told of a program that cannot be parsed. */
function told(source: string, file: string, isModule?: boolean): string | undefined {
  try {
    parsed(source, file, isModule)
  } catch (error) {
    return error instanceof SyntaxError ? error.stack : String(error)
  }
  return 'it can be parsed'
}

describe('a program that cannot be parsed', () => {
  it.each([
    ['a.js', 'const a = 1\nfunction* f() {\n\tyield yield*\n}\n', 'a.js:4\n}\n^\n\nSyntaxError: Unexpected token'],
    ['a.mjs', 'let = = 3', 'a.mjs:1\nlet = = 3\n^\n\nSyntaxError: The keyword \'let\' is reserved'],
    ['a.cjs', 'import a from "a"', "a.cjs:1\nimport a from \"a\"\n^\n\nSyntaxError: 'import' and 'export' may appear only with 'sourceType: module'"],
    ['a.ts', 'const a: number = 1\nconst b: string = = 2\n', 'a.ts:2\nconst b: string = = 2\n                  ^\n\nSyntaxError: Unexpected token'],
    ['a.ts', 'type A = {\n  x: number\n', 'a.ts:2\n  x: number\n           ^\n\nSyntaxError: Unexpectedly reached the end of input.'],
    ['a.ts', 'console.log(1\n\n', 'a.ts:1\nconsole.log(1\n             ^\n\nSyntaxError: Unexpected token, expected ",", and the file ends here'],
    ['a.ts', 'let a = 1\n  export namespace N {\n    export const b = 2\n  }\n', 'a.ts:2\n  export namespace N {\n  ^\n\nSyntaxError: a namespace with values cannot be run here. Write a module, or an object'],
    ['a.ts', 'namespace N { enum E { A } }\n', 'a.ts:1\nnamespace N { enum E { A } }\n^\n\nSyntaxError: a namespace with values cannot be run here. Write a module, or an object'],
  ])('is told with its file, its line and a caret: %s', (file, source, words) => { expect(told(source, file)).toBe(words) })

  it('is not one that has namespaces of types, or the words in a text', () => {
    for (const source of ['namespace N { export type A = string }\nlet a: N.A', 'declare namespace D {\n  const a: number\n}', 'const text = `\nnamespace N {\n  const a = 1\n}`', 'const namespace = 1\nnamespace\n{ let a }']) {
      expect(told(source, 'a.ts')).toBe('it can be parsed')
    }
  })

  it('of either kind is told by the reason of the one that got further', () => {
    expect(told('export const a = 1\nconst b = = 2', 'a.js')).toBe('a.js:2\nconst b = = 2\n          ^\n\nSyntaxError: Unexpected token')
    expect(told('return 1\nconst b = = 2', 'a.js')).toBe('a.js:2\nconst b = = 2\n          ^\n\nSyntaxError: Unexpected token')
  })

  it('has a caret below the same word, also when types stand behind it', () => {
    expect(told('const a: number = 1; const a: string = ""', 'a.ts')).toBe('a.ts:1\nconst a: number = 1; const a: string = ""\n                           ^\n\nSyntaxError: Identifier \'a\' has already been declared')
  })

  it('has a caret at the end of a line of which nothing is left', () => {
    expect(told('const a = 1 as\nconst b = 2', 'a.ts')).toMatch(/^a\.ts:\d\n.*\n *\^\n\nSyntaxError/)
    expect(told('class A { x: number; y( {} z: = }', 'a.ts')).toMatch(/^a\.ts:1\n.*\n *\^\n\nSyntaxError/)
  })

  it('has a caret below the same word, when types stood before it, or where nothing of it is left', () => {
    expect(told('const b: string = 1 2 as number', 'a.ts')).toMatch(/^a\.ts:1\nconst b: string = 1 2 as number\n {20}\^\n/)
  })
})

describe('a program', () => {
  it('is a module by its name, by its package, or because it has to be one', () => {
    const sources: [string, string, boolean?][] = [
      ['import "a"', 'a.ts'], ['const a = 1', 'a.js'], ['const a = 1', 'a.js', true], ['const a = 1', 'a.cjs', true], ['const a = 1', 'a.mts'], ['return 1', 'a.js'],
    ]
    expect(sources.map(([source, file, isModule]) => parsed(source, file, isModule).module)).toEqual([true, false, true, false, true, false])
  })
})
