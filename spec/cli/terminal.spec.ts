import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { type Steps, step } from '../../lib/cli/step.ts'
import { folder, trace } from '../study/support/lesson.ts'

/** A terminal on which keys are pressed. */
class Keyboard extends EventEmitter {
  readonly isTTY = true
  readonly raw: boolean[] = []

  setRawMode(raw: boolean): void { this.raw.push(raw) }

  pause(): void {}

  press(...keys: (string | { readonly name: string; readonly ctrl?: boolean })[]): void {
    for (const key of keys) this.emit('keypress', typeof key === 'string' ? key : undefined, typeof key === 'string' ? {} : key)
  }
}

function recordingOf(lesson: string): Steps {
  const file = join(folder, `${lesson}.ts`)
  return { events: trace(file).recorder.events, file, args: [] }
}

/** Give this process another property, and take it back at the end of the spec. */
const undo: (() => void)[] = []
function replace(target: object, name: string, value: unknown): void {
  const before = Object.getOwnPropertyDescriptor(target, name)
  Object.defineProperty(target, name, { value, configurable: true, writable: true })
  undo.push(() => {
    if (before === undefined) Reflect.deleteProperty(target, name)
    else Object.defineProperty(target, name, before)
  })
}

afterEach(() => { for (const restore of undo.splice(0).reverse()) restore() })

function terminal(): { readonly keyboard: Keyboard; readonly shown: string[] } {
  const keyboard = new Keyboard()
  const shown: string[] = []
  replace(process, 'stdin', keyboard)
  replace(process.stdout, 'isTTY', true)
  replace(process.stdout, 'columns', 60)
  replace(process.stdout, 'rows', 20)
  replace(process.stdout, 'write', (text: string) => shown.push(text) > 0)
  return { keyboard, shown }
}

describe('the terminal of yieldfrom step', () => {
  it('draws after each key on the second screen, and leaves the first as it was', () => {
    replace(process.env, 'NO_COLOR', '')
    const { keyboard, shown } = terminal()
    const over = step(recordingOf('01-send'), {})
    keyboard.press('n', { name: 'right' }, '/', 'b', 'y', 'e', { name: 'return' })
    process.stdout.emit('resize')
    keyboard.press('q')
    return over.then(() => {
      const titles = shown.map(text => /event \d+ of \d+/.exec(text)?.[0] ?? text)
      expect(titles).toEqual([
        '\u001B[?1049h', 'event 1 of 14', 'event 2 of 14', 'event 3 of 14', 'event 3 of 14', 'event 3 of 14', 'event 3 of 14', 'event 3 of 14',
        'event 11 of 14', 'event 11 of 14', '\u001B[?1049l',
      ])
      expect(shown[1]).toContain('\u001B[1m01-send.ts   event 1 of 14')
      expect(shown[1]?.split('\n').length).toBeLessThanOrEqual(20)
      expect(keyboard.raw).toEqual([true, false])
      expect([keyboard.listenerCount('keypress'), process.stdout.listenerCount('resize')]).toEqual([0, 0])
    })
  })

  it('has no colours with NO_COLOR, and ends with Ctrl-C', () => {
    replace(process.env, 'NO_COLOR', '1')
    const { keyboard, shown } = terminal()
    const over = step(recordingOf('01-send'), {})
    keyboard.press({ name: 'c', ctrl: true })
    return over.then(() => {
      expect(shown.length).toBe(3)
      expect(shown[1]?.split('\n')[0]).toBe('\u001B[H\u001B[2J01-send.ts   event 1 of 14')
    })
  })

  it('presses the keys that it is given, and draws once', () => {
    const { shown } = terminal()
    return step(recordingOf('01-send'), { keys: 'nnqnn' }).then(() => {
      expect(shown.map(text => /event \d+/.exec(text)?.[0])).toEqual(['event 3'])
    })
  })
})
