import fc, { type GeneratorValue } from 'fast-check'
import { printed } from './printed.ts'

/** Names that a transformer may trip over. */
const NAMES = ['a', 'of', 'get', 'let$', 'async', 'constructor', 'yielded', '$yieldfrom1', 'life', 'Error_', 'ünï', 'arguments_', '_', 'undefined_']
const KEYS = ['m', '"a b"', '0', '["k" + 1]', 'get', 'static', 'async', 'yield', '[`t`]']

/** Writes a random program: generators of all shapes that yield, delegate, catch and clean up, and plain code that drives them. */
class Writer {
  private depth = 0
  private variables = 0
  /** The generators that can be called, as expressions that make one. */
  private readonly made: string[] = []
  private labels: string[] = []
  private inLoop = false

  constructor(private readonly choose: GeneratorValue) {}

  private upTo(max: number): number { return this.choose(fc.integer, { min: 0, max }) }
  private pick<T>(all: readonly T[]): T { return all[this.upTo(all.length - 1)] as T }
  private chance(percent: number): boolean { return this.upTo(99) < percent }

  program(): string {
    const parts: string[] = []
    for (let i = 1 + this.upTo(3); i > 0; i--) parts.push(this.generator())
    for (let i = 1 + this.upTo(2); i > 0; i--) parts.push(this.drive())
    return parts.join(this.pick(['\n', '\n\n', ' // a comment\n']))
  }

  /** A generator function, or a method, in one of the forms that there are. */
  private generator(): string {
    const name = `${this.pick(NAMES)}${this.made.length}`
    const parameters = this.pick(['', 'p', 'p = 1', '{ p } = {}', '[p] = [2]', '...p', 'p /* ( */', 'p, // )\n'])
    const body = this.body()
    switch (this.upTo(7)) {
      case 0: this.made.push(`${name}("3")`); return `const ${name} = function* (${parameters}) {${body}}`
      case 1: this.made.push(`${name}("3")`); return `const ${name} = function* own(${parameters}) {${body}};`
      case 2: {
        const key = this.pick(KEYS)
        this.made.push(`${name}[${key.startsWith('[') ? key.slice(1, -1) : /^[a-z]/.test(key) ? `"${key}"` : key}]()`)
        return `const ${name} = { x: 1, *${key}(${parameters}) {${body}}, y: 2 }`
      }
      case 3: this.made.push(`new ${name}().m("4")`); return `class ${name} { #q = 1; *m(${parameters}) {${body}} get v() { return this.#q } }`
      case 4: this.made.push(`${name}.s()`); return `class ${name} { static *s(${parameters}) {${body}} static { this.t = 1 } }`
      case 5: this.made.push(`${name}().next().value`); return `function* ${name}() { yield (function* (${parameters}) {${body}})() }`
      case 6: this.made.push(`${name}("5")`); return `function* ${name}(${parameters}) {"use sloppy";${body}\n}`
      default: this.made.push(`${name}("6")`); return `function * ${name} ( ${parameters} )\n{${body}}`
    }
  }

  private body(): string {
    this.labels = []
    this.inLoop = false
    return this.block(2 + this.upTo(3))
  }

  private block(count: number): string {
    this.depth++
    const statements = Array.from({ length: this.depth > 4 ? 1 : count }, () => this.statement())
    this.depth--
    return ` ${statements.join(this.pick(['\n', '; ', '\n  ']))}\n`
  }

  private statement(): string {
    const deep = this.depth > 3
    switch (this.upTo(deep ? 8 : 18)) {
      case 0: return this.pick(['yield', `yield\n[${this.value()}].map(x => print(x))`, `yield\n(print)(${this.value()})`])
      case 1: return `yield ${this.value()}`
      case 2: return `print(${this.value()}, ${this.value()})`
      case 3: return `const v${++this.variables} = ${this.value()}, { w${this.variables} = ${this.value()} } = {}; print(v${this.variables}, w${this.variables})`
      case 4: return `if (${this.value()}) return ${this.value()}`
      case 5: return `if (${this.value()}) throw ${this.pick(['new Error("e")', '"text"', this.value()])}`
      case 6: return `print(${this.delegation()})`
      case 7: return this.inLoop ? `if (${this.value()}) ${this.pick(['break', 'continue'])}` : 'print("no loop")'
      case 8: return this.labels.length > 0 ? `if (${this.value()}) break ${this.pick(this.labels)}` : 'print("no label")'
      case 9: case 10: return `try {${this.block(2)}} catch${this.pick(['', ' (e)', ' ({ message })'])} {${this.block(2)}}`
      case 11: return `try {${this.block(2)}} finally {${this.block(1)}}`
      case 12: return `try {${this.block(2)}} catch (e) {${this.block(1)} print(String(e)) } finally {${this.block(1)}}`
      case 13: return this.loop(body => `for (let i = 0; i < 3; i++) ${body}`)
      case 14: return this.loop(body => `for (const x of [1, ${this.value()}]) ${body}`)
      case 15: return `switch (${this.value()}) { case 1: {${this.block(1)}} case ${this.value()}: {${this.block(1)} break } default: {${this.block(1)}} }`
      case 16: return `do ${this.pick(['yield', `print(${this.value()})`])}\nwhile (p === 1 && print("again"))`
      case 17: {
        const label = `l${this.labels.length}`
        this.labels.push(label)
        const inside = this.block(2)
        this.labels.pop()
        return `${label}: {${inside}}`
      }
      default: {
        const condition = this.value()
        const branch = this.statement()
        return `if (${condition}) ${/^(const|l\d|yield\n)/.test(branch) ? `{ ${branch} }` : branch}\nelse {${this.block(1)}}`
      }
    }
  }

  private loop(write: (body: string) => string): string {
    const outer = this.inLoop
    this.inLoop = true
    const text = write(`{${this.block(2)}}`)
    this.inLoop = outer
    return text
  }

  private delegation(): string {
    if (this.made.length === 0 || this.chance(30)) return `yield* ${this.pick(['[1, 2]', '"ab"', 'new Set([3])', '(function* () { yield 5; return 6 })()'])}`
    return `yield* ${this.pick(this.made)}`
  }

  private value(): string {
    const deep = ++this.depth > 5
    const text = this.valueText(deep ? 3 : 11)
    this.depth--
    return text
  }

  private valueText(max: number): string {
    switch (this.upTo(max)) {
      case 0: return String(this.upTo(3))
      case 1: return this.pick(['""', '"b"', 'null', 'undefined', '[]', 'typeof q'])
      case 2: return '(yield)'
      case 3: return `arguments.length`
      case 4: return `(yield ${this.value()})`
      case 5: return `\`\${${this.value()}}-\${yield 8}\``
      case 6: return `[${this.value()}, ...[yield 9]].length`
      case 7: return `(${this.value()} ? yield 1 : ${this.value()})`
      case 8: return `(${this.value()}, yield* [${this.value()}])`
      case 9: return `(() => ${this.upTo(5)})()`
      case 10: return `{ a: ${this.value()} }.a`.replace(/^/, '(').replace(/$/, ')')
      default: return `(yield yield ${this.value()})`
    }
  }

  /** Plain code that sends, throws, closes, and goes through. */
  private drive(): string {
    const g = `g${++this.variables}`
    const steps = Array.from({ length: 3 + this.upTo(6) }, () => {
      const step = this.pick([`${g}.next()`, `${g}.next(${this.upTo(2)})`, `${g}.next("s")`, `${g}.throw(new Error("t${this.upTo(9)}"))`, `${g}.return(7)`])
      return `try { print(JSON.stringify(${step})) } catch (e) { print("!", e && e.message || String(e)) }`
    })
    const through = `try { let n = 0; for (const x of ${this.pick(this.made)}) { print(String(x)); if (++n > ${2 + this.upTo(9)}) break } } catch (e) { print("!!", String(e)) }`
    return `const ${g} = ${this.pick(this.made)};\n${this.chance(70) ? steps.join('\n') : through}`
  }
}

/** How many programs; `npm run campaign:transform` asks for more. */
const count = Number(process.env['PROGRAMS'] ?? 500)

describe('a random program', () => {
  it('prints the same when it is transformed, on as many lines', () => {
    let said = 0
    fc.assert(fc.property(fc.gen(), choose => {
      const source = new Writer(choose).program()
      const file = choose(fc.constantFrom, 'program.mjs', 'program.cjs')
      const [plain, transformed] = [printed(source, false, file), printed(source, true, file)]
      said += plain.lines.length
      expect({ file, source, lines: transformed.lines }).toEqual({ file, source, lines: plain.lines })
    }), { numRuns: count })
    expect(said).toBeGreaterThan(count * 5)
  }, 100 * count + 60_000)
})
