/** The least memory that is asked for at a time. Several copies share it. */
const BLOCK = 8192
/** More bytes than these have memory of their own. */
const LARGE = 1024
/** So few bytes are copied faster four by four: a call of `set()` takes a view of the bytes first, which takes longer. */
const FEW = 512

let block = Buffer.alloc(0)
let words = new Int32Array(0)
let used = 0

/** The memory that was copied from last, in words. It is nearly always the same. */
let source: Uint8Array | null = null
let sourceWords: Int32Array = words

/** A copy of the first bytes of memory that will be used again. */
export function copied(memory: Uint8Array, length: number): Buffer {
  if (length > LARGE) {
    const copy = Buffer.allocUnsafeSlow(length)
    copy.set(memory.subarray(0, length))
    return copy
  }
  if (used + length > BLOCK || block.length === 0) {
    block = Buffer.allocUnsafeSlow(BLOCK)
    words = new Int32Array(block.buffer)
    used = 0
  }
  const copy = block.subarray(used, used + length)
  if (length <= FEW && isInWords(memory)) for (let to = used >> 2, from = 0; from << 2 < length; from++, to++) words[to] = sourceWords[from] as number
  else copy.set(memory.subarray(0, length))
  used = (used + length + 3) & ~3 // the next copy begins at a word
  return copy
}

function isInWords(memory: Uint8Array): boolean {
  if (memory === source) return true
  if (memory.byteOffset % 4 !== 0 || memory.length % 4 !== 0) return false
  source = memory
  sourceWords = new Int32Array(memory.buffer, memory.byteOffset, memory.length >> 2)
  return true
}
