import { GeneratorExit } from '../base/errors.ts'
import { Frame } from '../generator/frame.ts'
import { nameOfGenerator } from '../generator/names.ts'
import { isNativeGenerator } from '../generator/native-generator.ts'
import { Request } from '../generator/request.ts'
import { Future } from '../task/future.ts'
import { lineOfError } from './call-site.ts'
import type { StudyEvent } from './event.ts'
import type { Told } from './recorder.ts'
import { show } from './show.ts'

/** Gives the variables that are visible at a place, as getters. A variable that has no value yet throws. */
export type Locals = () => object

/** Who is told what a generator does. */
export interface Listener {
  /** Something happens. @param name the name of the function of the generator. */
  note(event: Told, name: string): void
  /** A generator delegates to one of this name. Which one of that name it is, the next event will tell. */
  delegates(life: Life, event: Told, name: string): void
  /** A generator asks for a wait, a switch or the like. `watch()` will tell what it is. */
  asks(event: Told): void
  /** A generator goes on: what was asked is over, and no delegate is about to begin. */
  settles(): void
  /** What the `return()` under way was called with: a list of one value, or of none. */
  readonly returning: readonly unknown[] | null
}

const RUNS = 0
const YIELDS = 1
const DELEGATES = 2

/** One generator of a transformed program, from `made()` to its end. Its methods are called by what `lib/cli/transform.ts` puts in. */
export class Life {
  parent: string | null = null
  depth = 0
  begun = false
  private state: typeof RUNS | typeof YIELDS | typeof DELEGATES = RUNS
  private returned: unknown = undefined
  private failed = false
  private isClosing = false
  private at: number
  /** The variables where it stands, or where it returns or throws. They are shown once more when it goes on with an error, or has ended. */
  private last: Locals | undefined = undefined
  /** What it throws itself. */
  private thrown: unknown = undefined

  constructor(
    private readonly listener: Listener, readonly frame: string, readonly name: string, private readonly file: string, line: number,
  ) { this.at = line }

  /** It yields. @returns the value. */
  yields<T>(line: number, value?: T, locals?: Locals): T | undefined {
    this.tell('yield', line, show(value), locals)
    this.state = YIELDS
    this.last = locals
    return value
  }

  /** Its `yield` evaluates to a value. @returns the value. */
  sent<T>(line: number, value: T, locals?: Locals): T {
    this.state = RUNS
    this.last = undefined
    this.tell('send', line, show(value), locals)
    return value
  }

  /** It delegates. @returns what it delegates to. */
  delegate<T>(line: number, iterable: T, locals?: Locals): T {
    this.at = line
    if (iterable instanceof Request || iterable instanceof Future) {
      this.listener.asks(this.told('suspend', '', locals))
    } else {
      const generator = generatorOf(iterable)
      if (generator === null) this.tell('delegate', line, iterable instanceof Frame ? iterable.name : show(iterable), locals)
      else this.listener.delegates(this, this.told('delegate', '', locals), nameOfGenerator(generator))
    }
    this.state = DELEGATES
    this.last = locals
    return iterable
  }

  /** Its `yield*` evaluates to a value. @returns the value. */
  result<T>(line: number, value: T, locals?: Locals): T {
    this.goesOn()
    this.last = undefined
    this.tell('result', line, show(value), locals)
    return value
  }

  /** It is about to return, unless a `finally` returns something else. @returns the value. */
  returns<T>(line: number, value: T, locals?: Locals): T {
    this.returned = value
    this.place(line, locals)
    return value
  }

  /** It comes to its end, without a `return`. */
  falls(line: number, locals?: Locals): void { this.returns(line, undefined, locals) }

  /** It is about to throw. @returns the error. */
  throws<T>(line: number, error: T, locals?: Locals): T {
    this.place(line, locals)
    this.thrown = error
    return error
  }

  /** It is in a `catch`. */
  caught(line: number, locals?: Locals, ...error: [unknown?]): void {
    const words = error.length === 0 ? '' : show(error[0])
    this.interrupted(words, error[0])
    this.last = undefined
    this.tell('catch', line, words, locals)
  }

  /** An error is on its way to a `finally`. @returns the error. */
  passes<T>(error: T): T {
    this.interrupted(show(error), error)
    return error
  }

  /** It is in a `finally`. If it left its `yield` without a value and without an error, it was closed. */
  final(line: number, locals?: Locals): void {
    this.leaves()
    this.tell('finally', line, '', locals)
  }

  /** It ends with an error. @returns the error. */
  raise<T>(error: T): T {
    const words = show(error)
    const isHere = this.state !== RUNS || this.thrown === error
    const here = isHere ? this.last : undefined
    if (!isHere) this.at = lineOfError(error, this.file, this.name) ?? this.at
    this.interrupted(words, error)
    this.failed = true
    if (this.isClosing && error instanceof GeneratorExit) this.tell('return', this.at, show(undefined), here)
    else this.tell('raise', this.at, words, here)
    return error
  }

  /** It ends. */
  exit(): void {
    if (this.failed) return
    this.leaves()
    this.tell('return', this.at, show(this.returned), this.last)
  }

  /** If it is still at its `yield`, an error has come in there. `pyGenerator(…).close()` also closes it by an error. */
  private interrupted(words: string, error: unknown): void {
    if (this.state !== RUNS && error instanceof GeneratorExit) this.closes('')
    else if (this.state !== RUNS) this.tell(this.state === YIELDS ? 'throw' : 'fail', this.at, words, this.last)
    this.goesOn()
  }

  /** If it is still at its `yield`, somebody has called its `return()`. */
  private leaves(): void {
    if (this.state === RUNS) return
    const { returning } = this.listener
    this.returned = returning?.[0]
    this.closes(returning === null || returning.length === 0 ? '' : show(returning[0]))
    this.goesOn()
  }

  private closes(value: string): void {
    this.isClosing = true
    this.tell('close', this.at, value, this.last)
  }

  private goesOn(): void {
    this.state = RUNS
    this.listener.settles()
  }

  private place(line: number, locals: Locals | undefined): void {
    this.at = line
    this.last = locals
  }

  /** @internal */
  tell(kind: StudyEvent['kind'], line: number, value: string, locals?: Locals): void {
    this.at = line
    this.listener.note(this.told(kind, value, locals), this.name)
  }

  private told(kind: StudyEvent['kind'], value: string, locals: Locals | undefined): Told {
    const { frame, parent, depth, file, at: line } = this
    return { kind, frame, parent, depth, value, line, file, ...locals === undefined ? {} : { locals: read(locals) } }
  }
}

/** The generator to which a `yield*` delegates; `null` when it is another iterator, or one that the library has put around it. */
function generatorOf(iterable: unknown): object | null {
  const body: unknown = iterable instanceof Frame ? iterable.body : iterable // `yieldFrom(f())` delegates to what `f()` has made
  if (!isNativeGenerator(body)) return null
  return iterable instanceof Frame && nameOfGenerator(body) !== iterable.name ? null : body
}

function read(locals: Locals): Record<string, string> {
  const variables = locals()
  const words: Record<string, string> = {}
  for (const name of Object.keys(variables)) {
    try {
      words[name] = show(Reflect.get(variables, name))
    } catch { /* the variable is declared further down */ }
  }
  return words
}
