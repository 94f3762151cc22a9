import { createTask, sleep } from '../../../../lib/index.ts'

/** What may be given in the place of a right value, with the word for it. */
export type Wrong = readonly [word: string, value: () => unknown]

/** Values of other types, and numbers that are none, or less than nothing. */
const odd: readonly Wrong[] = [
  ['undefined', () => undefined],
  ['null', () => null],
  ['NaN', () => NaN],
  ['-1', () => -1],
  ['1.5', () => 1.5],
  ['Infinity', () => Infinity],
  ["'x'", () => 'x'],
  ['true', () => true],
  ['{}', () => ({})],
  ['[]', () => []],
  ['[1]', () => [1]],
  ['() => 1', () => () => 1],
  ['a symbol', () => Symbol('sign')],
  ['a promise', () => ({ then() { /* settles some day */ } })],
  ['a task', () => createTask(sleep(1))],
]

let million: readonly number[] | null = null
let longText: string | null = null

/** Values that are too large for most purposes. */
const huge: readonly Wrong[] = [
  ['2 ** 31', () => 2 ** 31],
  ['2 ** 53', () => 2 ** 53],
  ['1e308', () => 1e308],
  ['10n ** 30n', () => BigInt(10) ** BigInt(30)],
  ['a million numbers', () => million ??= Array.from({ length: 1e6 }, (_, i) => i)],
  ['ten million letters', () => longText ??= 'x'.repeat(1e7)],
]

export const wrong: readonly Wrong[] = [...odd, ...huge]
