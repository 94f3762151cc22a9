/** The least memory that is asked for at a time. Several copies share it. */
const BLOCK = 8192
/** More bytes than these have memory of their own. */
const LARGE = 1024
/** So few bytes are copied faster one by one. */
const FEW = 48

let block = Buffer.alloc(0)
let used = 0

/** A copy of bytes whose memory will be used again: of all, or of the first ones. */
export function copied(bytes: Uint8Array, length = bytes.length): Buffer {
  if (length > LARGE) {
    const copy = Buffer.allocUnsafeSlow(length)
    copy.set(length === bytes.length ? bytes : bytes.subarray(0, length))
    return copy
  }
  if (used + length > block.length) {
    block = Buffer.allocUnsafeSlow(BLOCK)
    used = 0
  }
  const copy = block.subarray(used, used + length)
  used += length
  if (length >= FEW) copy.set(length === bytes.length ? bytes : bytes.subarray(0, length))
  else for (let i = 0; i < length; i++) copy[i] = bytes[i] as number
  return copy
}
