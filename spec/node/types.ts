/** What TypeScript knows of `yieldfrom/node`. This file is compiled by `npm run types`, and never run. */
import {
  type Coroutine, DEVNULL, PIPE, type Process, type StreamReader, type StreamWriter, type SubprocessOptions, createSubprocessExec, createSubprocessShell,
} from '../../lib/node/index.ts'
import { typeOf } from '../types/type-of.ts'

export function* processes(options: SubprocessOptions, words: string[], how: 'pipe' | 'inherit'): Coroutine<void> {
  // A stream is there when its option is PIPE.
  const sort = yield* createSubprocessExec('sort', '-n', { stdin: PIPE, stdout: PIPE })
  typeOf(sort).is<Process<StreamWriter, StreamReader, null>>(true)
  sort.stdin.write('3\n1\n')
  typeOf(yield* sort.stdout.readline()).is<Uint8Array>(true)
  typeOf(yield* sort.communicate()).is<[Uint8Array, null]>(true)

  // Words may be spread, and there may be none.
  typeOf((yield* createSubprocessExec('sort', ...words, { stderr: PIPE, cwd: '/' })).stderr).is<StreamReader>(true)
  typeOf((yield* createSubprocessExec('sort', { stdin: 'pipe' })).stdin).is<StreamWriter>(true)
  typeOf((yield* createSubprocessExec('sort', ...words)).stdin).is<null>(true)
  typeOf(yield* createSubprocessExec('true', { stdin: DEVNULL, stdout: 'inherit' })).is<Process<null, null, null>>(true)

  // Who knows less about the options knows less about the process.
  typeOf((yield* createSubprocessExec('sort', options)).stdin).is<StreamWriter | null>(true)
  typeOf((yield* createSubprocessExec('sort', { stdin: how })).stdin).is<StreamWriter | null>(true)
  const all: (string | SubprocessOptions)[] = [...words, options]
  typeOf(yield* createSubprocessExec('sort', ...all)).is<Process>(true)

  // The shell is the same.
  typeOf(yield* createSubprocessShell('sort', { stdin: PIPE })).is<Process<StreamWriter, null, null>>(true)
  typeOf(yield* createSubprocessShell('ls')).is<Process<null, null, null>>(true)
  typeOf((yield* createSubprocessShell('ls', options)).stdout).is<StreamReader | null>(true)

  // A process with pipes is a process.
  const any: Process = sort
  typeOf(any.stdin).is<StreamWriter | null>(true)
  typeOf(yield* any.communicate()).is<[Uint8Array | null, Uint8Array | null]>(true)

  // @ts-expect-error: there is no such option
  yield* createSubprocessExec('sort', { stdin: PIPE, stdOut: PIPE })
  // @ts-expect-error: no stream is that
  yield* createSubprocessShell('sort', { stdin: 'pip' })
  // @ts-expect-error: nothing can be written to what is no pipe
  const input: StreamWriter = (yield* createSubprocessExec('cat', { stdout: PIPE })).stdin
  input.close()
}
