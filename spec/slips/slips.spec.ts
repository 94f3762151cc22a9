import * as core from '../../lib/index.ts'
import { slips } from './table.ts'

/** Run the source of a slip. @returns what it prints: the first line. */
function printed(source: string): string {
  const names = Object.keys(core)
  // The source is text, so that other engines can run the same table.
  const program = new Function(...names, 'log', source) as (...values: unknown[]) => unknown // eslint-disable-line @typescript-eslint/no-implied-eval
  try {
    return String(program(...Object.values(core), []))
  } catch (error) {
    return String(error)
  }
}

describe('a slip', () => {
  it.each(slips.map(({ name, source, says }) => [name, source, says]))('%s is told, with what to write instead', (_, source, says) => {
    expect(printed(source)).toBe(says)
    core.setEventLoop(null)
  })

  it('has a name of its own in the table', () => {
    expect(new Set(slips.map(slip => slip.name)).size).toBe(slips.length)
  })
})
