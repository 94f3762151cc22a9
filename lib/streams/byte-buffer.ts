/**
 * Bytes that have come and were not read. What is given out is a view, not a copy: the place of bytes that were given out is
 * never used again.
 */
export class ByteBuffer {
  private bytes: Uint8Array
  private start = 0
  private end = 0
  /** May more be put behind the end? Not into what somebody else has made. */
  private isOwn = false

  /** @param allocate makes what several pieces are put into: the class of what is read. */
  constructor(private readonly allocate: (size: number) => Uint8Array) { this.bytes = allocate(0) }

  get length(): number { return this.end - this.start }

  /** Put something behind the end. It must not be changed afterwards. */
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

  /** Take out the first bytes, at most so many. */
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
    this.bytes = this.allocate(0)
    this.start = this.end = 0
  }

  /** Where these bytes are, from a place on; -1 if they are not. */
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

  /** Do these bytes stand at a place? */
  hasAt(wanted: Uint8Array, place: number): boolean {
    return place + wanted.length <= this.length && wanted.every((byte, i) => this.bytes[this.start + place + i] === byte)
  }

  private move(needed: number): void {
    const bytes = this.allocate(needed * 2)
    bytes.set(this.bytes.subarray(this.start, this.end))
    this.end -= this.start
    this.start = 0
    this.bytes = bytes
    this.isOwn = true
  }
}
