import { describe } from '../../base/describe.ts'
import { ArgumentError, ValueError } from '../../base/errors.ts'
import { type OptionNames, checkOptions } from '../../base/options.ts'
import { made, refuseExcess } from '../../generator/made.ts'
import type { Coroutine } from '../../generator/types.ts'
import { DEFAULT_LIMIT, type StreamReader, checkedLimit } from '../../streams/stream-reader.ts'
import type { StreamWriter } from '../../streams/stream-writer.ts'
import { getRunningLoop } from '../../task/loops.ts'
import type { Redirect, Start } from '../io/process.ts'
import { linkOf } from '../services.ts'
import { Process } from './process.ts'

/** For a stream of a process: make a pipe. */
export const PIPE = 'pipe'
/** For a stream of a process: connect it to nothing. */
export const DEVNULL = 'ignore'

/** How a process is started. The type parameters are what becomes of its streams: so TypeScript knows which of them are pipes. */
export interface SubprocessOptions<In extends Redirect = Redirect, Out extends Redirect = Redirect, Err extends Redirect = Redirect> {
  /** `PIPE`, `DEVNULL`, or `'inherit'` for the stream of this process, which is the default. The same holds for the next two. */
  readonly stdin?: In
  /** What becomes of what it prints; it is printed here by default. `PIPE` makes `process.stdout` a stream. */
  readonly stdout?: Out
  /** What becomes of its errors; they are printed here by default. `PIPE` makes `process.stderr` a stream. */
  readonly stderr?: Err
  /** The folder to run in. */
  readonly cwd?: string
  /** The environment; that of this process by default. */
  readonly env?: Readonly<Record<string, string>>
  /** The limit of the readers, in bytes, as for `openConnection()`. */
  readonly limit?: number
}

/** A process whose streams are pipes, or `null`, as its options say. */
type ProcessWith<In, Out, Err> = Process<Pipe<In, StreamWriter>, Pipe<Out, StreamReader>, Pipe<Err, StreamReader>>
type Pipe<R, Stream> = R extends 'pipe' ? Stream : null

const NAMES = ['stdin', 'stdout', 'stderr', 'cwd', 'env', 'limit']
const EXEC = { call: "createSubprocessExec('sort', '-n', { stdout: PIPE })", names: NAMES }
const SHELL = { call: "createSubprocessShell('ls | sort', { stdout: PIPE })", names: NAMES }

/**
 * Start a program: `yield* createSubprocessExec('ls', '-l', { stdout: PIPE })`.
 * It is Python's `asyncio.create_subprocess_exec()`.
 * @param program the program: its path, or a name to look up in PATH.
 * @param args the arguments of the program. The last one may be options.
 * @throws FileNotFoundError when there is no such program; PermissionError when it may not be run.
 */
export function createSubprocessExec<In extends Redirect = 'inherit', Out extends Redirect = 'inherit', Err extends Redirect = 'inherit'>(
  program: string, ...args: readonly [...words: readonly string[], options: SubprocessOptions<In, Out, Err>]): Coroutine<ProcessWith<In, Out, Err>>
export function createSubprocessExec(program: string, ...args: readonly string[]): Coroutine<ProcessWith<'inherit', 'inherit', 'inherit'>>
export function createSubprocessExec(program: string, ...args: readonly (string | SubprocessOptions)[]): Coroutine<Process>
export function createSubprocessExec(program: string, ...args: readonly (string | SubprocessOptions)[]): Coroutine<Process> {
  return made(exec(program, args), 'createSubprocessExec(…)')
}

function* exec(program: string, args: readonly (string | SubprocessOptions)[]): Coroutine<Process> {
  const last = args.at(-1)
  const hasOptions = typeof last === 'object'
  const words = hasOptions ? args.slice(0, -1) : args
  for (const word of [program, ...words]) {
    if (typeof word !== 'string') throw new ArgumentError(`a program and its arguments must be text, not ${describe(word)}${Array.isArray(word) ? '. Write createSubprocessExec(...list)' : ''}`, 'NOT_TEXT')
  }
  return yield* start(program, words as readonly string[], EXEC, hasOptions ? last : {})
}

/** Start a command in the shell. It is Python's `asyncio.create_subprocess_shell()`. */
export function createSubprocessShell<In extends Redirect = 'inherit', Out extends Redirect = 'inherit', Err extends Redirect = 'inherit'>(
  command: string, options: SubprocessOptions<In, Out, Err> = {}): Coroutine<ProcessWith<In, Out, Err>> {
  refuseExcess('createSubprocessShell(…)', arguments.length - 2, `Write ${SHELL.call}`)
  return made(shell(command, options), 'createSubprocessShell(…)') as Coroutine<ProcessWith<In, Out, Err>>
}

function* shell(command: string, options: SubprocessOptions): Coroutine<Process> {
  if (typeof command !== 'string') throw new ArgumentError(`a command must be text, not ${describe(command)}`, 'NOT_TEXT')
  return yield* start(command, [], SHELL, options)
}

function* start(program: string, args: readonly string[], known: OptionNames, options: SubprocessOptions): Coroutine<Process> {
  checkOptions(options, known)
  checkedLimit(options.limit)
  for (const name of ['stdin', 'stdout', 'stderr'] as const) checkRedirect(name, options[name])
  const { stdin = 'inherit', stdout = 'inherit', stderr = 'inherit', cwd, env, limit = DEFAULT_LIMIT } = options
  const loop = getRunningLoop()
  const how: Start = { program, args, shell: known === SHELL, cwd, env, stdin, stdout, stderr }
  return yield* new Process(loop, linkOf(loop, 'createSubprocessExec()'), how, limit).$started()
}

function checkRedirect(name: string, redirect: unknown): void {
  if (redirect === undefined || redirect === PIPE || redirect === DEVNULL || redirect === 'inherit') return
  throw new ValueError(`${name} must be PIPE, DEVNULL or 'inherit', not ${describe(redirect)}`, { code: 'BAD_REDIRECT' })
}
