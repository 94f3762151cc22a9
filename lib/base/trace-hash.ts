/**
 * A hash of everything that happened so far, in order. It uses only operations on 32 bits, so that every engine gets the same
 * result. It is for comparing runs, and gives no protection against somebody who wants to deceive.
 */
export class TraceHash {
  private high = 0x6a09e667
  private low = 0x3c6ef372

  /** Add a whole number of 32 bits. */
  add(value: number): void {
    this.high = Math.imul(this.high ^ value, 0x01000193) ^ (this.low >>> 15)
    this.low = (Math.imul(this.low, 0x5bd1e995) + value + (this.high >>> 13)) | 0
  }

  /** Add any number, such as a time. */
  addNumber(value: number): void {
    const whole = Math.floor(value)
    this.add(whole | 0)
    this.add(Math.floor(whole / 0x100000000) | 0)
    if (whole !== value) this.add(Math.floor((value - whole) * 0x100000000) | 0)
  }

  addText(text: string): void {
    for (let i = 0; i < text.length; i++) this.add(text.charCodeAt(i))
    this.add(text.length)
  }

  /** Begin anew. */
  reset(): void {
    this.high = 0x6a09e667
    this.low = 0x3c6ef372
  }

  /** The hash as one number of 32 bits. */
  get check(): number { return (this.high ^ this.low) >>> 0 }

  /** The hash as sixteen hexadecimal digits. */
  toString(): string { return inHex(this.high) + inHex(this.low) }
}

function inHex(value: number): string { return (value >>> 0).toString(16).padStart(8, '0') }
