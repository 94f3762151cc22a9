/** The least memory that is asked for at a time. Several copies share it. */
const BLOCK = 8192
/** More bytes than these have memory of their own. */
const LARGE = 1024
/** So few bytes are copied faster one by one. */
const FEW = 48

let block = Buffer.alloc(0)
let used = 0

/** A copy of bytes whose memory will be used again. */
export function copied(bytes: Uint8Array): Buffer {
  const { length } = bytes
  if (length > LARGE) {
    const copy = Buffer.allocUnsafeSlow(length)
    copy.set(bytes)
    return copy
  }
  if (used + length > block.length) {
    block = Buffer.allocUnsafeSlow(BLOCK)
    used = 0
  }
  const copy = block.subarray(used, used + length)
  used += length
  if (length >= FEW) copy.set(bytes)
  else for (let i = 0; i < length; i++) copy[i] = bytes[i] as number
  return copy
}
