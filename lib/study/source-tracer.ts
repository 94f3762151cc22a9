import { GeneratorExit } from '../base/errors.ts'
import { Frame } from '../generator/frame.ts'
import { nameOfGenerator } from '../generator/names.ts'
import { isNativeGenerator } from '../generator/native-generator.ts'
import { Request } from '../generator/request.ts'
import type { FrameView } from '../generator/watch.ts'
import { Future } from '../task/future.ts'
import type { StudyEvent } from './event.ts'
import type { Place, Recorder, Told } from './recorder.ts'
import { show } from './show.ts'

/** Reads the variables that can be seen at a `yield`. Those that have no value yet throw. */
export type Locals = () => object

/**
 * What a transformed program tells: each generator says itself when it begins, yields, gets something and ends. One tracer
 * serves one recorder, and writes into the same recording as `watch()`.
 */
export class SourceTracer {
  /** The one that has just begun to delegate: the next that begins is its delegate. */
  private delegating: Life | null = null

  constructor(private readonly recorder: Recorder) {}

  /** A generator was made, and may never begin. */
  made(name: string, file: string, line: number): Life {
    const life = new Life(this, this.recorder.$frames.fresh(name), name, file, line)
    life.tell('made', line, '')
    this.recorder.$made.add(name, life.frame)
    return life
  }

  /** A generator begins. @param made what `made()` gave, if the program can tell. */
  enter(made: unknown, name: string, file: string, line: number): Life {
    const seen = this.recorder.$claim(name)
    const life = made instanceof Life && !made.begun ? made : new Life(this, this.nameOf(name, seen?.view ?? null), name, file, line)
    this.recorder.$made.remove(name, life.frame)
    const parent = this.delegating
    this.delegating = null
    if (seen !== null) { // `watch()` knows best
      life.parent = seen.parent
      life.depth = seen.depth
    } else if (parent !== null) {
      life.parent = parent.frame
      life.depth = parent.depth + 1
    }
    if (seen !== null) this.recorder.$frames.alias(seen.view, life.frame)
    life.begun = true
    life.tell('enter', line, '')
    return life
  }

  /** The name that a delegation may have given it already. */
  private nameOf(name: string, view: FrameView | null): string {
    return (view === null ? null : this.recorder.$frames.known(view)) ?? this.recorder.$frames.fresh(name)
  }

  /** @internal */
  note(event: Told): void { this.recorder.$note(event) }

  /** The generator of this name that was made last, and has not begun. @internal */
  unbegun(name: string): string { return this.recorder.$made.last(name) ?? name }

  /** Where it asks for something that `watch()` tells of. @internal */
  asks(life: Life, place: Place): void { this.recorder.$places.set(life.frame, place) }

  /** @internal */
  delegates(life: Life | null): void { this.delegating = life }

  /** The program printed something. */
  output(text: string): void {
    this.recorder.$note({ kind: 'output', frame: null, parent: null, depth: 0, value: show(text) })
  }
}

const RUNS = 0
const YIELDS = 1
const DELEGATES = 2

/** One generator of a transformed program, from its making to its end. */
export class Life {
  parent: string | null = null
  depth = 0
  begun = false
  private state: typeof RUNS | typeof YIELDS | typeof DELEGATES = RUNS
  private returned: unknown = undefined
  private failed = false
  private isClosing = false
  private at: number

  constructor(
    private readonly tracer: SourceTracer, readonly frame: string, readonly name: string, private readonly file: string, line: number,
  ) { this.at = line }

  /** @returns what it yields. */
  yields<T>(line: number, value?: T, locals?: Locals): T | undefined {
    this.tell('yield', line, show(value), locals)
    this.state = YIELDS
    return value
  }

  /** @returns what its `yield` evaluates to. */
  sent<T>(line: number, value: T): T {
    this.state = RUNS
    this.tell('send', line, show(value))
    return value
  }

  /** @returns what it delegates to. */
  delegate<T>(line: number, iterable: T, locals?: Locals): T {
    const body: unknown = iterable instanceof Frame ? iterable.body : iterable // `yieldFrom(f())` delegates to what `f()` has made
    const isItsOwn = !(iterable instanceof Frame) || (isNativeGenerator(body) && nameOfGenerator(body) === iterable.name) // or the library's, around an iterator
    const generator = isItsOwn && isNativeGenerator(body) ? body : null
    if (iterable instanceof Request || iterable instanceof Future) {
      this.at = line
      this.tracer.asks(this, { line, file: this.file, ...locals === undefined ? {} : { locals: read(locals) } })
    } else {
      const to = generator === null ? null : this.tracer.unbegun(nameOfGenerator(generator))
      this.tell('delegate', line, to ?? (iterable instanceof Frame ? iterable.name : show(iterable)), locals, to)
    }
    this.state = DELEGATES
    if (generator !== null) this.tracer.delegates(this)
    return iterable
  }

  /** @returns what its `yield*` evaluates to. */
  result<T>(line: number, value: T): T {
    this.tracer.delegates(null)
    this.state = RUNS
    this.tell('result', line, show(value))
    return value
  }

  /** @returns what it is about to return: a `finally` may say otherwise. */
  returns<T>(line: number, value: T): T {
    this.returned = value
    this.at = line
    return value
  }

  /** @returns what it is about to throw. */
  throws<T>(line: number, error: T): T {
    this.at = line
    return error
  }

  /** It is in a `catch`. */
  caught(line: number, ...error: [unknown?]): void {
    const words = error.length === 0 ? '' : show(error[0])
    this.interrupted(words, error[0])
    this.tell('catch', line, words)
  }

  /** An error is on its way to a `finally`. @returns the error. */
  passes<T>(error: T): T {
    this.interrupted(show(error), error)
    return error
  }

  /** It is in a `finally`: without an error that came to its `yield`, it got there by a close. */
  final(line: number): void {
    this.closed()
    this.tell('finally', line, '')
  }

  /** It ends with an error. @returns the error. */
  raise<T>(error: T): T {
    const words = show(error)
    this.interrupted(words, error)
    this.failed = true
    if (this.isClosing && error instanceof GeneratorExit) this.tell('return', this.at, show(undefined))
    else this.tell('raise', this.at, words)
    return error
  }

  /** It ends. */
  exit(): void {
    if (this.failed) return
    this.closed()
    this.tell('return', this.at, show(this.returned))
  }

  /** An error has come to its `yield`. `pyGenerator(…).close()` sends one, too. */
  private interrupted(words: string, error: unknown): void {
    if (this.state !== RUNS && error instanceof GeneratorExit) this.closed()
    else if (this.state !== RUNS) this.tell(this.state === YIELDS ? 'throw' : 'fail', this.at, words)
    this.tracer.delegates(null)
    this.state = RUNS
  }

  /** It left its `yield` without a value and without an error. */
  private closed(): void {
    if (this.state === RUNS) return
    this.isClosing = true
    this.tell('close', this.at, '')
    this.state = RUNS
  }

  /** @internal */
  tell(kind: StudyEvent['kind'], line: number, value: string, locals?: Locals, to: string | null = null): void {
    this.at = line
    const { frame, parent, depth, file } = this
    this.tracer.note({
      kind, frame, parent, depth, value, line, file,
      ...locals === undefined ? {} : { locals: read(locals) }, ...to === null ? {} : { to },
    })
  }
}

function read(locals: Locals): Record<string, string> {
  const variables = locals()
  const words: Record<string, string> = {}
  for (const name of Object.keys(variables)) {
    try {
      words[name] = show(Reflect.get(variables, name))
    } catch { /* it is declared further down */ }
  }
  return words
}
