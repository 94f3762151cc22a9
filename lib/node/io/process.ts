import { type ChildProcess, spawn } from 'node:child_process'
import type { Duplex } from 'node:stream'
import { portableError } from './portable-error.ts'
import { StreamResource } from './stream-resource.ts'
import type { Maker, Reporter, Resource } from './resource.ts'

/** What each of the three streams of a process is: a pipe, the same as in this process, or nothing. */
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

/** A process that runs, and the numbers of its pipes. */
export interface Started {
  readonly pid: number
  readonly pipes: readonly (number | null)[]
}

/** A process. It reports `spawned`, or that it `failed`. Then it reports its `exit`. A command sends it a signal. */
export const makeProcess: Maker = (start: Start, reporter) => new ProcessResource(start, reporter)

class ProcessResource implements Resource {
  private readonly child: ChildProcess

  constructor({ program, args, shell, cwd, env, stdin, stdout, stderr }: Start, private readonly reporter: Reporter) {
    const child = this.child = spawn(program, args, { shell, cwd, env, stdio: [stdin, stdout, stderr] })
    const pipes = [child.stdin, child.stdout, child.stderr].map(pipe => pipe === null ? null : this.pipe(pipe as Duplex))
    child.on('spawn', () => { reporter.report('spawned', { pid: child.pid, pipes }) })
    child.on('error', error => { this.failed(error) })
    child.on('exit', (code, signal) => { reporter.report('exit', [code, signal]) })
    child.on('close', () => { reporter.ended() })
  }

  do(_command: string, signal: unknown): void { this.child.kill(signal as NodeJS.Signals) }

  /** An output is held from the beginning, because Node throws away what nobody listens to when the process ends. */
  private pipe(stream: Duplex): number {
    return this.reporter.make(reporter => stream.readable ? new StreamResource(stream, reporter).hold() : new StreamResource(stream, reporter))
  }

  private failed(error: unknown): void {
    if (this.child.pid !== undefined) return
    this.reporter.report('failed', portableError(error))
    this.reporter.ended()
  }
}
