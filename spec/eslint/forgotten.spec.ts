import { lint, programOf, removals } from './support/removals.ts'

/** A task that is made runs by itself: nobody can see whether it was to be waited for. A future may be printed. */
const LEGAL: readonly string[] = ['future-set-by-another-task:12 yield* loop.createTask(setAfter(fut))', "wait-and-its-two-sets:20 console.log('pending', yield* f)"]

describe('a forgotten yield*', () => {
  it('is found in every example, wherever it stood, by the compiler or by the rules', () => {
    const every = removals('docs/examples')
    const program = programOf(every)
    const missed = every.filter(removal => {
      const source = program.getSourceFile(removal.file)
      return program.getSemanticDiagnostics(source).length === 0 && lint(program, removal).length === 0
    })
    expect(every.length).toBeGreaterThan(150)
    expect(missed.map(({ place, line }) => `${place} ${line}`)).toEqual(LEGAL)
  })
})
