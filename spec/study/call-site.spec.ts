import { callSite } from '../../lib/study/call-site.ts'

/** Where the generator function was called, by a stack as an engine writes it. */
function siteBy(stack: unknown): unknown {
  const before: unknown = Reflect.get(Error, 'prepareStackTrace')
  Error.prepareStackTrace = () => stack
  try {
    const site = callSite()
    return site && [site.callee.file, site.callee.line, site.caller.file, site.caller.line]
  } finally {
    Object.assign(Error, { prepareStackTrace: before })
  }
}

const v8 = (...frames: string[]): string => ['Error', 'at callSite (/pkg/dist/cjs/study.js:1:2)', 'at SourceTracer.made (/pkg/dist/cjs/study.js:3:4)', ...frames].map((line, i) => i === 0 ? line : `    ${line}`).join('\n')

describe('where a generator was made', () => {
  it('is read from the stack of V8, of a module and of CommonJS', () => {
    expect(siteBy(v8('at brew (/home/a (b)/tea.cjs:5:6)', 'at Object.<anonymous> (/home/a (b)/tea.cjs:9:1)'))).toEqual(['/home/a (b)/tea.cjs', 5, '/home/a (b)/tea.cjs', 9])
    expect(siteBy(v8('at brew (file:///home/tea.mjs:5:6)', 'at file:///home/main.mjs:9:1'))).toEqual(['file:///home/tea.mjs', 5, 'file:///home/main.mjs', 9])
  })

  it('is read from the stack of other engines', () => {
    expect(siteBy('callSite@blob:null/1:1:2\nmade@blob:null/1:3:4\nbrew@tea.ts:5:6\n@tea.ts:9:1\n')).toEqual(['tea.ts', 5, 'tea.ts', 9])
    expect(siteBy('callSite@lib.js:1:2\nmade@lib.js:3:4\nbrew@tea.ts:5:6\nglobal code@tea.ts:9:1')).toEqual(['tea.ts', 5, 'tea.ts', 9])
  })

  it('is where the program called, though the library, the engine or a package passed the call on', () => {
    expect(siteBy(v8('at brew (/home/tea.js:5:6)', 'at Array.map (<anonymous>)', 'at make (/pkg/dist/cjs/yieldfrom.js:7:8)', 'at node:internal/modules:1:1', 'at map (/home/node_modules/lodash/map.js:2:2)', 'at /home/tea.js:9:1')))
      .toEqual(['/home/tea.js', 5, '/home/tea.js', 9])
    expect(siteBy(v8('at brew (/pkg/node_modules/x/tea.js:5:6)', 'at /pkg/node_modules/x/tea.js:9:1'))).toEqual(['/pkg/node_modules/x/tea.js', 5, '/pkg/node_modules/x/tea.js', 9])
  })

  it('is not known when the library has run much else in between, or the engine does not tell', () => {
    const deep = Array.from({ length: 4 }, (_, i) => `at f${String(i)} (/pkg/dist/cjs/yieldfrom.js:7:8)`)
    expect(siteBy(v8('at brew (/home/tea.js:5:6)', ...deep, 'at /home/tea.js:9:1'))).toBe(null)
    expect(siteBy(v8())).toBe(null)
    expect([siteBy(undefined), siteBy('Error'), siteBy('a:b:c\nat nowhere'), siteBy(':1:2')]).toEqual([null, null, null, null])
  })
})
