import { describe } from '../../base/describe.ts'
import { ArgumentError } from '../../base/errors.ts'

/** Turn text or bytes into bytes. @throws TypeError for anything else. */
export function bytesOf(data: unknown): Buffer | Uint8Array {
  if (typeof data === 'string') return Buffer.from(data)
  if (data instanceof Uint8Array || Buffer.isBuffer(data)) return data
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  throw new ArgumentError(`write() takes bytes or text, not ${describe(data)}. Write new TextEncoder().encode(…), or JSON.stringify(…)`, 'NOT_BYTES')
}
