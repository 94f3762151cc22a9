import { failureText } from '../../lib/cli/failure.ts'
import { parsed } from '../../lib/cli/parse.ts'

const withStack = <E extends Error>(error: E, ...frames: string[]): E => Object.assign(error, { stack: [`${error.name}: ${error.message}`, ...frames.map(frame => `    at ${frame}`)].join('\n') })

describe('how a program has failed', () => {
  it('is told with the cause and the errors in it, and without the frames of the command', () => {
    const cause = withStack(new TypeError('inner'), 'brew (/home/tea.js:1:2)', 'step (/pkg/dist/cjs/cli.js:3:4)')
    const one = withStack(new RangeError('one'), 'Command.parseAsync (/pkg/node_modules/commander/lib/command.js:5:6)', 'sleep (/pkg/dist/cjs/yieldfrom.js:7:8)')
    const error = Object.assign(withStack(Object.assign(new Error('outer'), { cause }), 'main (/home/tea.js:9:1)', 'load (/pkg/dist/cjs/cli/load.js:1:1)', 'Life.sent (/pkg/dist/cjs/study/life.js:1:1)'), { errors: [one] })
    const text = failureText(error)
    for (const words of ['Error: outer', 'main (/home/tea.js:9:1)', 'cause: TypeError: inner', 'brew (/home/tea.js:1:2)', 'RangeError: one', 'sleep (/pkg/dist/cjs/yieldfrom.js:7:8)']) expect(text).toContain(words)
    expect(text).not.toMatch(/cli|commander|life\.js/)
  })

  it('is told of an error that is its own cause, of one without a stack, and of what is no error', () => {
    const round = withStack(new Error('round'), 'load (/pkg/dist/cjs/cli.js:1:1)')
    Object.assign(round, { cause: round })
    expect(failureText(round)).toContain('Error: round')
    expect(failureText(Object.assign(new Error('bare'), { stack: undefined }))).toContain('bare')
    expect(failureText('tea')).toBe("Uncaught 'tea'\n")
  })

  it('that cannot be parsed is told by its line, also when it comes from another thread and has lost its class', () => {
    let error: unknown
    try {
      parsed('const a = = 1', 'tea.cjs')
    } catch (thrown) {
      error = thrown
    }
    const words = 'tea.cjs:1\nconst a = = 1\n          ^\n\nSyntaxError: Unexpected token\n'
    expect(failureText(error)).toBe(words)
    const { message, stack } = error as SyntaxError
    expect(failureText(Object.assign(new SyntaxError(message), { stack }))).toBe(words)
  })
})
