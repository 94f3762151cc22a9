import type { FrameView } from '../generator/watch.ts'
import { callSite } from './call-site.ts'
import { Life, type Listener, type Locals } from './life.ts'
import type { Recorder, Told } from './recorder.ts'
import { Returns } from './returns.ts'
import { show } from './show.ts'

/**
 * Takes what a transformed program tells. Each of its generators tells itself when it begins, yields, gets a value and ends. A tracer
 * writes into the recording of one recorder, beside the events of `watch()`.
 */
export class SourceTracer implements Listener {
  /** The generator that has just begun to delegate. The next one that begins is its delegate. */
  private delegating: Life | null = null
  private readonly returns = new Returns()

  constructor(private readonly recorder: Recorder) {}

  /** Note what generators are asked to return, from now on. @returns a function that ends it. */
  watchReturns(): () => void { return this.returns.watch() }

  /** A generator was made. It may never begin. */
  made(name: string, file: string, line: number): Life {
    const life = new Life(this, this.recorder.$frames.fresh(name), name, file, line)
    const site = callSite()
    const place = site === null ? {} : { line: site.caller.line, file: site.caller.file === site.callee.file ? file : pathOf(site.caller.file) }
    this.note({ kind: 'made', frame: life.frame, parent: null, depth: 0, value: '', ...place }, name)
    return life
  }

  /** A generator begins. @param made what `made()` returned, if the transformed program could keep it. */
  enter(made: unknown, name: string, file: string, line: number, locals?: Locals): Life {
    const seen = this.recorder.$claim(name)
    const life = made instanceof Life && !made.begun ? made : new Life(this, this.nameOf(name, seen?.view ?? null), name, file, line)
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
    life.tell('enter', line, '', locals)
    return life
  }

  /** The name of a generator. Its frame may have one already. */
  private nameOf(name: string, view: FrameView | null): string {
    return (view === null ? null : this.recorder.$frames.known(view)) ?? this.recorder.$frames.fresh(name)
  }

  /** @internal */
  get returning(): readonly unknown[] | null { return this.returns.now }

  /** @internal */
  note(event: Told, name: string): void { this.recorder.$note(event, name) }

  /** @internal */
  delegates(life: Life, event: Told, name: string): void {
    this.delegating = life
    this.recorder.$delegates(event, name)
  }

  /** @internal */
  asks(event: Told): void { this.recorder.$asking = event }

  /** @internal */
  settles(): void {
    this.delegating = null
    this.recorder.$asking = null
  }

  /** The program printed something. */
  output(text: string): void {
    this.recorder.$note({ kind: 'output', frame: null, parent: null, depth: 0, value: show(text) })
  }
}

/** The path of a file that an engine may name by its address. */
function pathOf(file: string): string { return file.startsWith('file://') ? file.slice('file://'.length) : file }
