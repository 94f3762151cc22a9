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

/** Gives the variables that are visible at a `yield`, as getters. A variable that has no value yet throws. */
export type Locals = () => object

/**
 * Takes what a transformed program tells. Each of its generators tells itself when it begins, yields, gets a value and ends. A tracer
 * writes into the recording of one recorder, beside the events of `watch()`.
 */
export class SourceTracer {
  /** The generator that has just begun to delegate. The next one that begins is its delegate. */
  private delegating: Life | null = null

  constructor(private readonly recorder: Recorder) {}

  /** A generator was made. It may never begin. */
  made(name: string, file: string, line: number): Life {
    const life = new Life(this, this.recorder.$frames.fresh(name), name, file, line)
    life.tell('made', line, '')
    this.recorder.$made.add(name, life.frame)
    return life
  }

  /** A generator begins. @param made what `made()` returned, if the transformed program could keep it. */
  enter(made: unknown, name: string, file: string, line: number): Life {
    const seen = this.recorder.$claim(name)
    const life = made instanceof Life && !made.begun ? made : new Life(this, this.nameOf(name, seen?.view ?? null), name, file, line)
    this.recorder.$made.remove(name, life.frame)
    const parent = this.delegating
    this.delegating = null
    if (seen !== null) { // `watch()` has told of the same generator, and knows its parent
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

  /** The name of a generator. A delegation to it may have given it one already. */
  private nameOf(name: string, view: FrameView | null): string {
    return (view === null ? null : this.recorder.$frames.known(view)) ?? this.recorder.$frames.fresh(name)
  }

  /** @internal */
  note(event: Told): void { this.recorder.$note(event) }

  /** The generator of this name that was made last, and has not begun. @internal */
  unbegun(name: string): string { return this.recorder.$made.last(name) ?? name }

  /** A generator asks for something, and `watch()` will tell what it is. Keep the place in the source for that event. @internal */
  asks(life: Life, place: Place): void { this.recorder.$places.set(life.frame, place) }

  /** A generator begins to delegate, or with `null`, none does any more. @internal */
  delegates(life: Life | null): void { this.delegating = life }

  /** The program printed something. */
  output(text: string): void {
    this.recorder.$note({ kind: 'output', frame: null, parent: null, depth: 0, value: show(text) })
  }
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

  constructor(
    private readonly tracer: SourceTracer, readonly frame: string, readonly name: string, private readonly file: string, line: number,
  ) { this.at = line }

  /** It yields. @returns the value. */
  yields<T>(line: number, value?: T, locals?: Locals): T | undefined {
    this.tell('yield', line, show(value), locals)
    this.state = YIELDS
    return value
  }

  /** Its `yield` evaluates to a value. @returns the value. */
  sent<T>(line: number, value: T): T {
    this.state = RUNS
    this.tell('send', line, show(value))
    return value
  }

  /** It delegates. @returns what it delegates to. */
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

  /** Its `yield*` evaluates to a value. @returns the value. */
  result<T>(line: number, value: T): T {
    this.tracer.delegates(null)
    this.state = RUNS
    this.tell('result', line, show(value))
    return value
  }

  /** It is about to return, unless a `finally` returns something else. @returns the value. */
  returns<T>(line: number, value: T): T {
    this.returned = value
    this.at = line
    return value
  }

  /** It is about to throw. @returns the error. */
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

  /** It is in a `finally`. If it left its `yield` without a value and without an error, it was closed. */
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

  /** If it is still at its `yield`, an error has come in there. `pyGenerator(…).close()` also closes it by an error. */
  private interrupted(words: string, error: unknown): void {
    if (this.state !== RUNS && error instanceof GeneratorExit) this.closed()
    else if (this.state !== RUNS) this.tell(this.state === YIELDS ? 'throw' : 'fail', this.at, words)
    this.tracer.delegates(null)
    this.state = RUNS
  }

  /** If it is still at its `yield`, it was closed there. */
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
    } catch { /* the variable is declared further down */ }
  }
  return words
}
