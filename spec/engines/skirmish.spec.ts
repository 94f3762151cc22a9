import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import vm from 'node:vm'
import { bundled } from './bundled.ts'
import { skirmish } from './skirmish.ts'

describe('a skirmish', () => {
  const here = skirmish()
  const script = bundled("import { skirmish } from './spec/engines/skirmish.ts'\nfor (const line of skirmish()) print(line)")

  it('uses owners, clocks, frames and a stack of 20,000 frames, and replays', () => {
    expect(here).toEqual(expect.arrayContaining(['deep: 20000', 'replayed true', 'slow ends', 'steps ends', 'plain ends']))
    expect(here.filter(line => line.includes('a script fails'))).toHaveLength(1)
  })

  it.each(['default', 'bare'])('is the same in QuickJS: %s', which => {
    const lines = execFileSync('node', [join(__dirname, 'quickjs.mjs'), script, which], { encoding: 'utf8' }).trim().split('\n')
    expect(lines.filter(line => !line.includes('\u0001'))).toEqual(here)
    expect(lines).toContain('pending jobs\u0001false')
  })

  it('is the same in a realm of its own', () => {
    const lines: string[] = []
    const context = vm.createContext({ print: (line: string) => { lines.push(line) } }, { microtaskMode: 'afterEvaluate' })
    vm.runInContext("for (const name of ['Promise', 'Date', 'WeakRef', 'Intl']) delete globalThis[name]", context)
    vm.runInContext(readFileSync(script, 'utf8'), context)
    expect(lines).toEqual(here)
  })
})
