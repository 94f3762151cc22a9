import { readFileSync } from 'node:fs'
import vm from 'node:vm'
import { bundled } from './bundled.ts'

/**
 * A page may change what belongs to the language after the library was loaded: it counts calls, adds methods, takes something away.
 * Each change is made in a realm of its own, and then the same program runs there.
 */
const script = new vm.Script(readFileSync(bundled(`
  import { story } from './spec/engines/realm-story.ts'
  globalThis.story = story
`), 'utf8'))

/** Long enough on a busy machine; a program that never ends is torn off. */
const TIMEOUT = 20_000

/** Load the library, change the realm, and run the program. @returns its log, or the error in words. */
function tell(change: string): string[] | string {
  const realm = vm.createContext({})
  script.runInContext(realm)
  vm.runInContext(change, realm)
  try {
    const log = vm.runInContext('story()', realm, { timeout: TIMEOUT }) as ArrayLike<string>
    return Array.from({ length: log.length }, (_, i) => log[i] as string)
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
}

const whole = tell('')

it('the program, where nothing was changed', () => {
  expect(whole).toEqual([
    '0 Ann begins order 0', '1 a timer', '1 deep: 50', '1 outer gave a, then inner got b', '1 word 0!', '1 word 1!', '1 ended', '1 script 1 ends', '1 script 0 ends', '1 received 0',
    '2 received 1', '2 the body is cancelled', '2 ExceptionGroup: burnt', '2 CancelledError: enough',
    '3 Ann has order 0', '3 Ben begins order 1', '3 received 2', '3 least: 1, 2', '4 TimeoutError', '4 first: fast',
    '6 Ben has order 1', '6 moved on: true', '6 Ann begins order 2', '7 TimeoutError', '9 Ann has order 2', '9 Ben begins order 3',
    '12 Ben has order 3', '12 Ann begins order 4', '15 Ann has order 4', '15 Ben begins order 5', '18 Ben has order 5', '18 the kitchen is closed',
  ])
})

/** Where a method is found, in words that the realm understands. */
const places: Record<string, string> = {
  'Array.prototype': 'Array.prototype',
  'Map.prototype': 'Map.prototype',
  'Set.prototype': 'Set.prototype',
  'Function.prototype': 'Function.prototype',
  'Object.prototype': 'Object.prototype',
  'String.prototype': 'String.prototype',
  Object: 'Object', Reflect: 'Reflect', Array: 'Array', Math: 'Math', Number: 'Number', Error: 'Error',
  'the prototype of generators': '(function* () {}).prototype.__proto__',
  'the prototype of iterators': '(function* () {}).prototype.__proto__.__proto__',
  'the prototype of the iterators of arrays': '[][Symbol.iterator]().__proto__',
}

const methods: readonly (readonly [place: string, ...names: string[]])[] = [
  ['Array.prototype', 'push', 'pop', 'shift', 'unshift', 'splice', 'slice', 'forEach', 'map', 'filter', 'some', 'every', 'includes', 'indexOf', 'concat', 'join', 'reverse', 'sort',
    'keys', 'values', 'entries', 'fill', 'find', 'flatMap', 'reduce', '@@iterator'],
  ['Map.prototype', 'get', 'set', 'has', 'delete', 'clear', 'forEach', 'keys', 'values', 'entries', '@@iterator'],
  ['Set.prototype', 'add', 'has', 'delete', 'clear', 'forEach', 'values', '@@iterator'],
  ['Function.prototype', 'call', 'apply', 'bind', 'toString'],
  ['Object.prototype', 'toString', 'hasOwnProperty', 'valueOf'],
  ['String.prototype', 'startsWith', 'includes', 'slice', 'split', 'indexOf'],
  ['Object', 'keys', 'getPrototypeOf', 'setPrototypeOf', 'defineProperty', 'freeze', 'assign', 'entries', 'is'],
  ['Reflect', 'apply', 'get', 'has', 'defineProperty', 'getOwnPropertyDescriptor'],
  ['Array', 'isArray', 'from'],
  ['Math', 'min', 'max', 'floor', 'imul'],
  ['Number', 'isInteger', 'isFinite', 'isNaN'],
  ['Error', 'captureStackTrace'],
  ['the prototype of generators', 'next', 'throw', 'return'],
  ['the prototype of iterators', '@@iterator'],
  ['the prototype of the iterators of arrays', 'next'],
]

const all = methods.flatMap(([place, ...names]) => names.map(name => [place, name] as const))

/** Put another function in the place of a method. `own` is the method that was there. */
function replaced(place: string, name: string, body: string): string {
  const key = name === '@@iterator' ? 'Symbol.iterator' : `'${name}'`
  return `{
    const { apply } = Reflect, object = ${places[place] as string}, own = object[${key}]
    Object.defineProperty(object, ${key}, { value: function (...args) { ${body} }, writable: true, configurable: true })
  }`
}

describe('where somebody counts the calls of a method, everything is as before:', () => {
  it.each(all)('%s: %s', (place, name) => {
    expect(tell(replaced(place, name, 'globalThis.calls = (globalThis.calls ?? 0) + 1; return apply(own, this, args)'))).toEqual(whole)
  })
})

describe('where a method now throws, everything is as before, or its error is told:', () => {
  it.each(all)('%s: %s', (place, name) => {
    const end = tell(replaced(place, name, "throw new EvalError('replaced')"))
    if (!String(end).includes('replaced')) expect(end).toEqual(whole)
  })
})

describe('where something is gone that every engine has, the error names it:', () => {
  it.each(['Map', 'Set', 'Symbol', 'Math', 'Reflect', 'Object', 'Array', 'Error', 'globalThis'])('%s', name => {
    const end = tell(`delete globalThis.${name}`)
    if (!String(end).includes(`${name} is not defined`)) expect(end).toEqual(whole)
  })
})

describe('nothing changes in a realm that', () => {
  it.each([
    ['has more in every object', "Object.prototype.extra = 'more'; Object.prototype.more = function () {}"],
    ['has more in every array', "Array.prototype.last = function () { return this[this.length - 1] }; Array.prototype.extra = 'more'"],
    ['has more in every function', "Function.prototype.extra = 'more'"],
    ['has more in every error', "Error.prototype.extra = 'more'"],
    ['has no Promise', 'delete globalThis.Promise'],
    ['has no JSON', 'delete globalThis.JSON'],
    ['has no typed arrays any more', 'delete globalThis.Float64Array; delete globalThis.Int32Array'],
    ['captures no stacks', 'Error.stackTraceLimit = 0'],
    ['has a limit of stacks that is no number', "Error.stackTraceLimit = 'many'"],
    ['captures stacks without end', 'Error.stackTraceLimit = Infinity'],
    ['formats stacks as arrays', 'Error.prepareStackTrace = (error, sites) => sites'],
    ['formats stacks as nothing', 'Error.prepareStackTrace = () => undefined'],
    ['fails when it formats stacks', "Error.prepareStackTrace = () => { throw new EvalError('replaced') }"],
    ['is frozen', `for (const object of [Object, Array, Map, Set, Function, Error]) { Object.freeze(object); Object.freeze(object.prototype) }`],
  ])('%s', (_, change) => {
    expect(tell(change)).toEqual(whole)
  })
})
