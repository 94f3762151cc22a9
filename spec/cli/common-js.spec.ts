import { tellTo, toCommonJS } from '../../lib/cli/common-js.ts'
import { GLOBAL, LONGEST } from '../../lib/cli/transform.ts'
import { Recorder } from '../../lib/study/index.ts'
import { SourceTracer } from '../../lib/study/source-tracer.ts'

const names = Array.from({ length: LONGEST + 1 }, (_, length) => GLOBAL + '_'.repeat(length))
afterEach(() => { for (const name of names) Reflect.deleteProperty(globalThis, name) })

describe('toCommonJS()', () => {
  it('makes an ES module a program that require() takes, and lets it tell what it does, with its lines', () => {
    const recorder = new Recorder()
    tellTo(new SourceTracer(recorder))
    const code = toCommonJS("import { tea } from 'kitchen'\nexport function* brew(): Generator<string> {\n  yield tea?.name ?? 'none'\n}\n", 'brew.ts')
    const module: { brew?: () => Generator<string> } = {}
    const program = Reflect.construct(Function, ['require', 'exports', code]) as (require: () => unknown, exports: object) => void
    program(() => ({ tea: { name: 'mint' } }), module)
    expect(Array.from(module.brew?.() ?? [])).toEqual(['mint'])
    expect(recorder.events.map(({ kind, line, value, file }) => [kind, line, value, file])).toEqual([
      ['made', 17, '', __filename], ['enter', 2, '', 'brew.ts'], ['yield', 3, "'mint'", 'brew.ts'], ['send', 3, 'undefined', 'brew.ts'],
      ['return', 4, 'undefined', 'brew.ts'],
    ])
  })

  it('leaves CommonJS as it is, but for the calls', () => {
    expect(toCommonJS("const { a } = require('a')\nmodule.exports = a\n", 'a.cjs')).toBe("const { a } = require('a')\nmodule.exports = a\n")
  })

  it('tells by whichever name the program does not use itself', () => {
    const tracer = new SourceTracer(new Recorder())
    tellTo(tracer)
    expect(names.map(name => Reflect.get(globalThis, name) === tracer)).toEqual(names.map(() => true))
  })
})
