import { existsSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { recordApart } from '../../lib/cli/apart.ts'

/** What the other process writes before it ends, and its exit code. */
let mockEnding: { readonly status: number | null; readonly text: string | null } = { status: 0, text: null }
const mockCalls: string[][] = []
jest.mock('node:child_process', () => ({
  spawnSync: (_: string, args: string[]) => {
    mockCalls.push(args)
    if (mockEnding.text !== null) writeFileSync(args[args.indexOf('--ndjson') + 1] as string, mockEnding.text)
    return { status: mockEnding.status }
  },
}))

const event = (seq: number, more: object = {}): string => `${JSON.stringify({ seq, ...more })}\n`

describe('a program that is recorded apart', () => {
  it('gives its events but those of the library, whatever ended it', () => {
    mockEnding = { status: 0, text: event(1) + event(2, { internal: true }) + event(3) }
    expect(recordApart('/home/tea.ts', ['a', '--b'], { limit: 5 })).toEqual({ events: [{ seq: 1 }, { seq: 3 }], failed: false })
    const call = mockCalls.at(-1) ?? []
    expect(call.slice(call.indexOf('trace'), call.indexOf('--ndjson'))).toEqual(['trace', '/home/tea.ts', '--silent'])
    expect(call.slice(call.indexOf('--limit'))).toEqual(['--limit', '5', '--', 'a', '--b'])
    expect(existsSync(dirname(call[call.indexOf('--ndjson') + 1] as string))).toBe(false)
  })

  it('has failed if its exit code says so; Ctrl-C is no failure', () => {
    const failed = [[1, null], [7, event(1)], [130, event(1)], [null, null]] as const
    expect(failed.map(([status, text]) => {
      mockEnding = { status, text }
      const { events, failed: has } = recordApart('/home/tea.ts', [])
      return [events.length, has]
    })).toEqual([[0, true], [1, true], [1, false], [0, true]])
  })

  it('takes Ctrl-C, and leaves it to this process again afterwards', () => {
    const later = (): Promise<void> => new Promise(resolve => { setImmediate(resolve) })
    mockEnding = { status: 0, text: null }
    return later().then(() => {
      const before = process.listenerCount('SIGINT')
      recordApart('/home/tea.ts', [])
      expect(process.listenerCount('SIGINT')).toBe(before + 1)
      return later().then(() => { expect(process.listenerCount('SIGINT')).toBe(before) })
    })
  })
})
