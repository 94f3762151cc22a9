/** Makes the arrays in which several pieces are put together. The bytes that are read have their class. */
export interface Allocator {
  $allocate(size: number): Uint8Array
}

/**
 * Bytes that have come and were not read. It gives out views, not copies. So the memory of bytes that were given out is never
 * written again.
 */
export class ByteBuffer {
  /** `null` when there are none: most readers are empty most of the time, and some get nothing ever. */
  private bytes: Uint8Array | null = null
  private start = 0
  private end = 0
  /** May more bytes be written behind the end? This is not allowed in an array that somebody else has made. */
  private isOwn = false

  constructor(private readonly allocator: Allocator) {}

  get length(): number { return this.end - this.start }

  /** Put bytes behind the end. Nobody may change them afterwards. */
  push(data: Uint8Array): void {
    if (this.bytes === null) {
      this.bytes = data
      this.start = 0
      this.end = data.length
      this.isOwn = false
      return
    }
    const bytes = !this.isOwn || this.end + data.length > this.bytes.length ? this.moved(this.bytes, this.length + data.length) : this.bytes
    bytes.set(data, this.end)
    this.end += data.length
  }

  /** Take out the first bytes, at most `count`. */
  take(count: number): Uint8Array {
    const from = this.start
    const to = Math.min(this.end, from + count)
    const { bytes } = this
    if (bytes === null) return this.allocator.$allocate(0)
    if (to === this.end) {
      this.clear()
      return from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to)
    }
    this.start = to
    return bytes.subarray(from, to)
  }

  private clear(): void {
    this.bytes = null
    this.start = this.end = 0
  }

  /** The place of the first such bytes, from a place on; -1 when there are none. */
  find(wanted: Uint8Array, from: number): number {
    const { bytes, end } = this
    if (bytes === null) return -1
    const last = end - wanted.length
    for (let i = bytes.indexOf(wanted[0] as number, this.start + from); i >= 0 && i <= last; i = bytes.indexOf(wanted[0] as number, i + 1)) {
      let same = 1
      while (same < wanted.length && bytes[i + same] === wanted[same]) same++
      if (same === wanted.length) return i - this.start
    }
    return -1
  }

  /** Are these bytes at this place? */
  hasAt(wanted: Uint8Array, place: number): boolean {
    return place + wanted.length <= this.length && wanted.every((byte, i) => (this.bytes as Uint8Array)[this.start + place + i] === byte)
  }

  /** Move the bytes to a larger array of our own. */
  private moved(from: Uint8Array, needed: number): Uint8Array {
    const bytes = this.allocator.$allocate(needed * 2)
    bytes.set(from.subarray(this.start, this.end))
    this.end -= this.start
    this.start = 0
    this.isOwn = true
    return this.bytes = bytes
  }
}
