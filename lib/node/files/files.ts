import { fileURLToPath } from 'node:url'
import { describe } from '../../base/describe.ts'
import { ArgumentError } from '../../base/errors.ts'
import { made, refuseExcess } from '../../generator/made.ts'
import type { Coroutine } from '../../generator/types.ts'
import { getRunningLoop } from '../../task/loops.ts'
import type { Writable } from '../../transport/transport.ts'
import { ask } from '../net/ask.ts'
import { bytesOf } from '../net/bytes-of.ts'
import { linkOf } from '../services.ts'

/**
 * Read a file. Other tasks go on meanwhile.
 * @returns a Buffer, whose `toString()` is its text.
 * @throws FileNotFoundError, PermissionError and other OSErrors; TypeError when `path` is neither text nor a URL.
 */
export function readFile(path: string | URL): Coroutine<Uint8Array> {
  refuseExcess('readFile(…)', isCalledByMap(arguments) ? 0 : arguments.length - 1, 'For its text write String(yield* readFile(path))')
  return made(reading(path), 'readFile(…)')
}

/** `paths.map(readFile)` passes the index and the array, too. Nobody means these. */
function isCalledByMap(args: ArrayLike<unknown>): boolean { return args.length === 3 && typeof args[1] === 'number' && Array.isArray(args[2]) }

function* reading(path: string | URL): Coroutine<Uint8Array> {
  const loop = getRunningLoop()
  const data = yield* ask<Uint8Array>(loop, linkOf(loop, 'readFile()'), 'file', { path: checkedPath(path) })
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength)
}

/**
 * Write a file. If there is one with that path, it is replaced. Other tasks go on meanwhile.
 * @throws PermissionError and other OSErrors; TypeError when `path` or `data` is something else.
 */
export function writeFile(path: string | URL, data: Writable): Coroutine<void> {
  refuseExcess('writeFile(…)', arguments.length - 2, 'It replaces the file. To append, write writeFile(path, String(yield* readFile(path)) + text)')
  return made(writing(path, data), 'writeFile(…)')
}

function* writing(path: string | URL, data: Writable): Coroutine<void> {
  const loop = getRunningLoop()
  yield* ask(loop, linkOf(loop, 'writeFile()'), 'written file', { path: checkedPath(path), data: bytesOf(data) })
}

function checkedPath(path: unknown): string {
  if (typeof path === 'string') return path
  if (path instanceof URL) return fileURLToPath(path)
  throw new ArgumentError(`a path must be text or a file URL, not ${describe(path)}`, 'NOT_A_PATH')
}
