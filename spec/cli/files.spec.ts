import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPlace, readTwin, writeTo } from '../../lib/cli/files.ts'
import { traceText } from '../../lib/cli/trace-text.ts'
import { folder, trace } from '../study/support/lesson.ts'

const here = mkdtempSync(join(tmpdir(), 'yieldfrom-files-'))
afterAll(() => { rmSync(here, { recursive: true }) })

function slip(call: () => unknown): string {
  try {
    return String(call())
  } catch (error) {
    return (error as Error).message.split(here).join('here')
  }
}

describe('a file that a command writes', () => {
  it('is refused before the program runs, when it cannot be written there', () => {
    writeFileSync(join(here, 'plain.txt'), '')
    mkdirSync(join(here, 'folder'))
    expect(['none/out.html', 'plain.txt/out.html', 'folder', 'plain.txt', 'new.html'].map(place => slip(() => { checkPlace(join(here, place)) }))).toEqual([
      'here/none/out.html cannot be written: there is no folder here/none',
      'here/plain.txt/out.html cannot be written: here/plain.txt is no folder',
      'here/folder cannot be written: it is no file',
      'undefined', 'undefined',
    ])
  })

  it('is written and named, where what the program prints is not disturbed', () => {
    const told: string[] = []
    const write = jest.spyOn(process.stderr, 'write').mockImplementation(text => told.push(String(text).replace(here, 'here')) > 0)
    writeTo(join(here, 'page.html'), 'a page')
    write.mockRestore()
    expect([told, readFileSync(join(here, 'page.html'), 'utf8')]).toEqual([['here/page.html is written\n'], 'a page'])
  })
})

describe('a twin', () => {
  it('is read line by line, and a line that is no event is named', () => {
    writeFileSync(join(here, 'good.ndjson'), '{"kind":"yield","value":"1"}\n\n{"kind":"return","value":"2","frame":"f","parent":null}\n')
    const twins = { text: 'hello', list: '[]', none: 'null', number: '{"kind":"yield","value":1}' }
    for (const [name, line] of Object.entries(twins)) writeFileSync(join(here, name), `{"kind":"yield","value":"1"}\n${line}\n`)
    expect(readTwin(join(here, 'good.ndjson'))).toEqual({
      title: 'good.ndjson',
      events: [{ frame: null, parent: null, kind: 'yield', value: '1' }, { kind: 'return', value: '2', frame: 'f', parent: null }],
    })
    expect(Object.keys(twins).map(name => slip(() => readTwin(join(here, name))))).toEqual(Object.keys(twins).map(name =>
      `here/${name}:2: this is no event. A twin is a file as yieldfrom trace --ndjson writes it`))
  })
})

describe('the text of a trace', () => {
  const { events } = trace(join(folder, '01-send.ts')).recorder
  const look = { width: 80, dim: (text: string) => `(${text})` }

  it('says how many events it leaves out', () => {
    const said = (most: number | undefined, dropped: number): string => (/^.*left out.*$/m.exec(traceText({ events, dropped }, look, most)) ?? ['nothing'])[0]
    const all = events.length
    expect([said(1, 0), said(all - 1, 0), said(undefined, 1), said(undefined, 0)]).toEqual([
      `The first ${String(all - 1)} events are left out. This is the last one; a larger --limit keeps more.`,
      `The first event is left out. These are the last ${String(all - 1)}; a larger --limit keeps more.`,
      `The first event is left out. These are the last ${String(all)}; a larger --limit keeps more.`,
      'nothing',
    ])
  })

  it('numbers the events, leaves out those of the library itself, and may be empty', () => {
    const inside = events.map((event, i) => i === 0 ? { ...event, internal: true as const } : event)
    const numbers = traceText({ events: inside, dropped: 0 }, look).match(/^\( *\d+\)/gm) ?? []
    expect([numbers.length, traceText({ events: [], dropped: 0 }, look).trim()]).toEqual([events.length - 1, 'no generator ran'])
  })
})
