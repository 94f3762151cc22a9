import { type ChildProcess, spawn } from 'node:child_process'
import type { Duplex } from 'node:stream'
import { portable } from './portable-error.ts'
import { StreamThing } from './stream-thing.ts'
import type { Maker, Teller, Thing } from './thing.ts'

/** What one of a process's three streams is: a pipe, the parent's own, or nothing. */
export type Redirect = 'pipe' | 'inherit' | 'ignore'

/** What to start, and how. */
export interface Start {
  readonly program: string
  readonly args: readonly string[]
  readonly shell: boolean
  readonly cwd?: string | undefined
  readonly env?: Readonly<Record<string, string>> | undefined
  readonly stdin: Redirect
  readonly stdout: Redirect
  readonly stderr: Redirect
}

/** The numbers of the pipes of a process. */
export interface Started {
  readonly pid: number
  readonly pipes: readonly (number | null)[]
}

/** A process: `spawned` is told, or that it `failed`; then its `exit`. */
export const makeProcess: Maker = (start: Start, teller) => new ProcessThing(start, teller)

class ProcessThing implements Thing {
  private readonly child: ChildProcess

  constructor({ program, args, shell, cwd, env, stdin, stdout, stderr }: Start, private readonly teller: Teller) {
    this.child = spawn(program, args, {
      shell, cwd, env, stdio: [stdin, stdout, stderr],
    })
    const { child } = this
    const pipes = [child.stdin, child.stdout, child.stderr].map(pipe => pipe === null ? null : this.pipe(pipe as Duplex))
    child.on('spawn', () => { teller.tell('spawned', { pid: child.pid, pipes }) })
    child.on('error', error => { this.failed(error) })
    child.on('exit', (code, signal) => { teller.tell('exit', [code, signal]) })
    child.on('close', () => { teller.over() })
  }

  do(_verb: string, signal: unknown): void { this.child.kill(signal as NodeJS.Signals) }

  /** It is held from the beginning: when the process ends, Node throws away what nobody listens to. */
  private pipe(stream: Duplex): number {
    return this.teller.make(teller => stream.readable ? new StreamThing(stream, teller).hold() : new StreamThing(stream, teller))
  }

  private failed(error: unknown): void {
    if (this.child.pid !== undefined) return
    this.teller.tell('failed', portable(error))
    this.teller.over()
  }
}
