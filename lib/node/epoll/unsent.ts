/** More bytes than these go out by themselves. Fewer are put together. */
const LARGE = 16_384

/** What was written, and the system has not taken yet. */
export class Unsent {
  private pieces: Uint8Array[]
  /** The place of the next piece. */
  private first = 0

  constructor(piece: Uint8Array) { this.pieces = [piece] }

  get isEmpty(): boolean { return this.first === this.pieces.length }

  push(piece: Uint8Array): void { this.pieces.push(piece) }

  /** The bytes that are to be sent next. There are some. */
  get next(): Uint8Array {
    const { pieces, first } = this
    let [end, size] = [first + 1, (pieces[first] as Uint8Array).length]
    while (end < pieces.length && size + (pieces[end] as Uint8Array).length <= LARGE) size += (pieces[end++] as Uint8Array).length
    if (end > first + 1) {
      const joined = Buffer.concat(pieces.slice(first, end), size)
      this.first = end - 1
      pieces[end - 1] = joined
    }
    return pieces[this.first] as Uint8Array
  }

  /** The system has taken so many of these bytes. */
  took(count: number): void {
    const { pieces, first } = this
    const piece = pieces[first] as Uint8Array
    if (count < piece.length) {
      pieces[first] = piece.subarray(count)
      return
    }
    pieces[first] = NOTHING
    if (++this.first < pieces.length) return
    this.pieces = []
    this.first = 0
  }

  /** All of it. */
  all(): Uint8Array { return Buffer.concat(this.pieces.slice(this.first)) }
}

const NOTHING = new Uint8Array(0)
