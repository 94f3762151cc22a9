import { tellOfOutput } from '../../lib/cli/output.ts'
import { Recorder, sentences } from '../../lib/study/index.ts'
import { SourceTracer } from '../../lib/study/source-tracer.ts'

const { log, info, debug, error, warn } = console
const printed: string[] = []
beforeEach(() => {
  printed.length = 0
  for (const name of ['log', 'info', 'debug', 'error', 'warn'] as const) console[name] = (...values: unknown[]) => { printed.push([name, ...values].join(' ')) }
})
afterEach(() => { Object.assign(console, { log, info, debug, error, warn }) })

function speak(): void {
  console.log('%d cups', 2)
  console.info('hot')
  console.debug('at 90')
  console.error('spilt')
  console.warn('careful')
}

describe('what a program prints', () => {
  it('is printed and told, but for what goes to the standard error output', () => {
    const recorder = new Recorder()
    const restore = tellOfOutput(new SourceTracer(recorder))
    speak()
    restore()
    console.log('afterwards')
    expect(printed).toEqual(['log %d cups 2', 'info hot', 'debug at 90', 'error spilt', 'warn careful', 'log afterwards'])
    expect(sentences(recorder.events)).toEqual(["prints '2 cups'", "prints 'hot'", "prints 'at 90'"])
  })

  it('goes to somebody else, when somebody wants it', () => {
    const lines: string[] = []
    const recorder = new Recorder()
    const print = (text: string): void => { lines.push(text) }
    for (const instead of [{ print }, { print, complain: print }]) {
      const restore = tellOfOutput(new SourceTracer(recorder), instead)
      speak()
      restore()
    }
    expect(lines).toEqual(['2 cups', 'hot', 'at 90', '2 cups', 'hot', 'at 90', 'spilt', 'careful'])
    expect(printed).toEqual(['error spilt', 'warn careful'])
    expect(recorder.events.length).toBe(6)
  })
})
