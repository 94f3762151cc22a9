/**
 * Bytes that have come and were not read. It gives out views, not copies. So the memory of bytes that were given out is never
 * written again.
 */
export class ByteBuffer {
  private bytes: Uint8Array
  private start = 0
  private end = 0
  /** May more bytes be written behind the end? This is not allowed in an array that somebody else has made. */
  private isOwn = false
  private readonly nothing: Uint8Array

  /** @param allocate makes the array in which several pieces are put together. The bytes that are read have its class. */
  constructor(private readonly allocate: (size: number) => Uint8Array) { this.bytes = this.nothing = allocate(0) }

  get length(): number { return this.end - this.start }

  /** Put bytes behind the end. Nobody may change them afterwards. */
  push(data: Uint8Array): void {
    if (this.start === this.end) {
      this.bytes = data
      this.start = 0
      this.end = data.length
      this.isOwn = false
      return
    }
    if (!this.isOwn || this.end + data.length > this.bytes.length) this.move(this.length + data.length)
    this.bytes.set(data, this.end)
    this.end += data.length
  }

  /** Take out the first bytes, at most `count`. */
  take(count: number): Uint8Array {
    const from = this.start
    const to = Math.min(this.end, from + count)
    const { bytes } = this
    if (to === this.end) {
      this.clear()
      return from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to)
    }
    this.start = to
    return bytes.subarray(from, to)
  }

  clear(): void {
    if (this.length === 0) return
    this.bytes = this.nothing
    this.start = this.end = 0
  }

  /** The place of the first such bytes, from a place on; -1 when there are none. */
  find(wanted: Uint8Array, from: number): number {
    const { bytes, end } = this
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
    return place + wanted.length <= this.length && wanted.every((byte, i) => this.bytes[this.start + place + i] === byte)
  }

  /** Move the bytes to a larger array of our own. */
  private move(needed: number): void {
    const bytes = this.allocate(needed * 2)
    bytes.set(this.bytes.subarray(this.start, this.end))
    this.end -= this.start
    this.start = 0
    this.bytes = bytes
    this.isOwn = true
  }
}
