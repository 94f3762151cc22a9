import type { StudyEvent } from '../study/event.ts'
import { type Moment, Moments } from '../study/moments.ts'
import { sentences } from '../study/sentences.ts'
import type { Rerun } from './order.ts'

/** With these events, control leaves all generators that delegate to each other. */
const LEAVES: readonly StudyEvent['kind'][] = ['yield', 'suspend']
const ENDS: readonly StudyEvent['kind'][] = ['return', 'raise']

/** Steps through a recording by keys, forward and back. It draws nothing itself. */
export class Stepper {
  at = 0
  /** Was the key for the end pressed? */
  over = false
  /** What is being typed: `/` or `g`, and what follows. */
  typed = ''
  /** What is wrong with the last key; empty when nothing is. */
  complaint = ''
  /** Is the list of keys shown? */
  isHelp = false
  /** The seed of the order in which tasks run; 0 for the first run, in which nothing was shuffled. */
  seed = 0
  events: readonly StudyEvent[] = []
  words: readonly string[] = []
  private sought = ''
  private moments = new Moments([])

  /**
   * @param first the events of the first run.
   * @param again runs the program again, in the order of a seed. Without it, there is no other order.
   */
  constructor(private readonly first: readonly StudyEvent[], private readonly again: ((seed: number) => Rerun) | null = null) {
    this.show(first)
  }

  get event(): StudyEvent | undefined { return this.events[this.at] }

  get moment(): Moment { return this.moments.at(this.at) }

  /** A key was pressed: a character, or `left`, `right`, `up`, `down`, `home`, `end`, `return`, `escape`, `backspace`. */
  press(key: string): void {
    this.complaint = ''
    if (this.isHelp) this.isHelp = false
    else if (this.typed === '') this.command(key)
    else this.type(key)
  }

  private command(key: string): void {
    const { task, frame } = this.event ?? { task: null, frame: null }
    switch (key) {
      case 'n': case ' ': case 'right': case 'down': case 'return': this.go(this.at + 1); break
      case 'p': case 'left': case 'up': this.go(this.at - 1); break
      case 'N': this.find(1, event => event.task === task && task !== null, 'this task'); break
      case 'P': this.find(-1, event => event.task === task && task !== null, 'this task'); break
      case 'f': this.find(1, event => event.frame === frame && frame !== null, 'this generator'); break
      case 'F': this.find(-1, event => event.frame === frame && frame !== null, 'this generator'); break
      case 'o': this.goOut(); break
      case 'O': this.goAllOut(); break
      case '?': case 'h': this.isHelp = true; break
      case '<': case 'home': this.go(0); break
      case '>': case 'end': this.go(this.events.length - 1); break
      case '/': case 'g': this.typed = key; break
      case 'r': this.runAgain(this.seed + 1); break
      case 'R': this.runAgain(this.seed - 1); break
      case 'q': this.over = true; break
      default: this.complaint = `there is no key ${key}`
    }
  }

  /** To the first event of one that delegates to this generator, as a debugger steps out of a function. */
  private goOut(): void {
    const delegators = this.moment.stack.slice(0, -1).map(({ frame }) => frame)
    if (delegators.length === 0) this.complaint = 'no generator delegates to this one. O goes on until control leaves it'
    else this.find(1, ({ frame }) => frame !== null && delegators.includes(frame), 'those that delegate to this one')
  }

  /** To the first event after a yield, a wait or the end has taken control from all that delegate to each other here. */
  private goAllOut(): void {
    const { moment: { stack: [outermost] } } = this
    if (outermost === undefined) {
      this.complaint = 'no generator takes part in this event'
      return
    }
    for (let i = this.at; i < this.events.length - 1; i++) {
      const event = this.events[i] as StudyEvent
      const leaves = LEAVES.includes(event.kind) || (ENDS.includes(event.kind) && event.parent === null) || event.kind === 'switch'
      if (!leaves || this.moments.at(i).stack[0]?.frame !== outermost.frame) continue
      this.at = i + 1
      return
    }
    this.complaint = 'control does not leave them any more'
  }

  private type(key: string): void {
    if (key === 'escape') this.typed = ''
    else if (key === 'backspace') this.typed = this.typed.slice(0, -1)
    else if (key === 'return') this.enter(this.typed.slice(1), this.typed.startsWith('/'))
    else if (key.length === 1) this.typed += key
  }

  private enter(text: string, isSearch: boolean): void {
    this.typed = ''
    if (isSearch) {
      this.sought = text === '' ? this.sought : text.toLowerCase() // without a text, it searches for the last text again
      this.find(1, (_, i) => (this.words[i] as string).toLowerCase().includes(this.sought), `"${this.sought}"`)
      return
    }
    const at = this.events.findIndex(({ seq }) => seq === Number(text))
    if (at >= 0) this.at = at
    else this.complaint = `there is no event ${text}`
  }

  /** Show the run of another seed, at the first event in which it differs from the run before. */
  private runAgain(seed: number): void {
    if (seed < 0 || this.again === null) {
      this.complaint = seed < 0 ? 'this is the first run' : 'this program cannot be run again'
      return
    }
    const { events, failure } = seed === 0 ? { events: this.first, failure: null } : this.again(seed)
    const before = this.words
    this.seed = seed
    this.show(events)
    const differs = this.words.findIndex((text, i) => text !== before[i])
    this.at = Math.max(0, Math.min(differs < 0 ? this.at : differs, events.length - 1))
    if (failure !== null) this.complaint = `the program ended with ${failure}`
    else if (differs < 0 && before.length === events.length) this.complaint = 'it does the same in this order'
  }

  private show(events: readonly StudyEvent[]): void {
    this.events = events
    this.words = sentences(events)
    this.moments = new Moments(events)
  }

  private go(at: number): void {
    if (at < 0) this.complaint = 'this is the first event'
    else if (at >= this.events.length) this.complaint = 'this is the last event'
    else this.at = at
  }

  private find(step: 1 | -1, fits: (event: StudyEvent, i: number) => boolean, what: string): void {
    for (let i = this.at + step; i >= 0 && i < this.events.length; i += step) {
      if (!fits(this.events[i] as StudyEvent, i)) continue
      this.at = i
      return
    }
    this.complaint = `no event ${step > 0 ? 'after' : 'before'} this one is of ${what}`
  }
}
