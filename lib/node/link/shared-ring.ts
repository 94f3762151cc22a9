/**
 * A ring of records in shared memory. One thread puts records in, another takes them out, and neither waits for the other. A
 * record is four numbers and some bytes:
 *
 *     length of the bytes | kind of record | number of the resource | a number | the bytes
 *
 * A record lies in one piece. Where it does not fit before the end of the memory, a filler is put there, and the record begins
 * at the start again. Each record begins at a multiple of eight: shared bytes that begin elsewhere are copied one by one.
 */

// Where the two positions lie in the header. They count bytes, and wrap at 2 ** 32.
const TAKEN = 0
const PUT = 1
/** Holds 1 while the writer waits for room. */
const WANTED = 2
/** The size of the header of the ring, in bytes. */
const HEADER = 64
/** The size of the four numbers of a record, in bytes. */
const RECORD = 16
/** The length that marks a filler. */
const FILLER = -1

/** So few bytes are copied faster one by one. */
const FEW = 48
/** So many bytes are copied faster by `fill()`. It copies in one go, while `set()` copies shared memory word by word. */
const MANY = 1024

/** The least memory that is asked for at a time. Several copies share it. */
const BLOCK = 8192

export function ringMemory(size: number): SharedArrayBuffer { return new SharedArrayBuffer(HEADER + size) }

/** A length, rounded up so that the next thing begins at a multiple of eight. */
function rounded(length: number): number { return (length + 7) & ~7 }

class Ring {
  protected readonly positions: Int32Array
  protected readonly numbers: Int32Array
  protected readonly bytes: Buffer
  protected readonly size: number

  constructor(memory: SharedArrayBuffer) {
    this.size = memory.byteLength - HEADER // a power of two
    this.positions = new Int32Array(memory, 0, HEADER / Int32Array.BYTES_PER_ELEMENT)
    this.numbers = new Int32Array(memory, HEADER)
    this.bytes = Buffer.from(memory, HEADER)
  }
}

/** The end that puts records in. */
export class RingWriter extends Ring {
  private put = 0
  private published = 0
  private taken = 0

  /** How many bytes of the ring hold what the other thread cannot see yet. */
  get unpublished(): number { return (this.put - this.published) | 0 }

  /** The most bytes that a record may have. With more, a record might never find room. */
  get longest(): number { return this.size >> 2 }

  /** Put a record in. @returns false when there is no room. The other end notices that room is wanted, and wakes this one. */
  add(kind: number, id: number, bytes: Uint8Array | null, number = 0): boolean {
    const length = bytes === null ? 0 : bytes.length
    const needed = RECORD + rounded(length)
    let at = this.put & (this.size - 1)
    const atEnd = this.size - at
    const skipped = atEnd < needed ? atEnd : 0
    if (!this.hasRoom(skipped + needed)) return false
    if (skipped > 0) {
      this.numbers[at >> 2] = FILLER
      at = 0
    }
    const place = at >> 2
    this.numbers[place] = length
    this.numbers[place + 1] = kind
    this.numbers[place + 2] = id
    this.numbers[place + 3] = number
    if (bytes !== null) this.copy(bytes, at + RECORD)
    this.put = (this.put + skipped + needed) | 0
    return true
  }

  /** Let the other thread see what was put in. */
  publish(): void {
    this.published = this.put
    Atomics.store(this.positions, PUT, this.put)
  }

  private hasRoom(needed: number): boolean {
    if (((this.put - this.taken) | 0) + needed <= this.size) return true
    this.taken = Atomics.load(this.positions, TAKEN)
    if (((this.put - this.taken) | 0) + needed <= this.size) return true
    Atomics.store(this.positions, WANTED, 1)
    this.taken = Atomics.load(this.positions, TAKEN) // the other end may have made room before it could see the wish
    return ((this.put - this.taken) | 0) + needed <= this.size
  }

  private copy(from: Uint8Array, to: number): void {
    const { bytes } = this
    const { length } = from
    if (length >= MANY) bytes.fill(from, to, to + length)
    else if (length >= FEW) bytes.set(from, to)
    else for (let i = 0; i < length; i++) bytes[to + i] = from[i] as number
  }
}

/** Takes a record. The bytes are a copy. @returns whether their memory may be used again: nobody has kept them. */
export type RecordHandler = (kind: number, id: number, bytes: Buffer | null, number: number) => boolean

/** The end that takes records out. */
export class RingReader extends Ring {
  private taken = 0
  /** The memory of copies, up to `used`. */
  private block = Buffer.alloc(0)
  private used = 0

  get isEmpty(): boolean { return Atomics.load(this.positions, PUT) === this.taken }

  /** Take out records, `most` of them at most. @returns whether the writer waited for room. There is room now. */
  take(handle: RecordHandler, most = Infinity): boolean {
    const { numbers, size } = this
    const end = Atomics.load(this.positions, PUT)
    for (let left = most; left > 0 && this.taken !== end; left--) {
      const at = this.taken & (size - 1)
      const place = at >> 2
      const length = numbers[place] as number
      if (length === FILLER) {
        this.taken = (this.taken + size - at) | 0
        continue
      }
      const kind = numbers[place + 1] as number
      const id = numbers[place + 2] as number
      const number = numbers[place + 3] as number
      const bytes = length === 0 ? null : this.copy(at + RECORD, length)
      this.taken = (this.taken + RECORD + rounded(length)) | 0
      Atomics.store(this.positions, TAKEN, this.taken)
      if (handle(kind, id, bytes, number)) this.used -= rounded(length)
    }
    return Atomics.exchange(this.positions, WANTED, 0) === 1
  }

  private copy(from: number, length: number): Buffer {
    if (this.used + length > this.block.length) {
      this.block = Buffer.allocUnsafeSlow(Math.max(BLOCK, length))
      this.used = 0
    }
    const copy = this.block.subarray(this.used, this.used + length)
    this.used += rounded(length)
    const { bytes } = this
    if (length >= MANY) copy.fill(bytes.subarray(from, from + length))
    else if (length >= FEW) copy.set(bytes.subarray(from, from + length))
    else for (let i = 0; i < length; i++) copy[i] = bytes[from + i] as number
    return copy
  }
}
