/**
 * A running hash of what happened, in order. It is made of 32-bit operations alone, so that every engine comes to the same.
 * It is for comparing runs, and not against anybody who wants to deceive.
 */
export class TraceHash {
  private high = 0x6a09e667
  private low = 0x3c6ef372

  /** Add a whole number of 32 bits. */
  add(value: number): void {
    this.high = Math.imul(this.high ^ value, 0x01000193) ^ (this.low >>> 15)
    this.low = (Math.imul(this.low, 0x5bd1e995) + value + (this.high >>> 13)) | 0
  }

  /** Add any number, a time for one. */
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

  /** A number of 32 bits that stands for it. */
  get check(): number { return (this.high ^ this.low) >>> 0 }

  /** Sixteen hexadecimal digits. */
  toString(): string { return inHex(this.high) + inHex(this.low) }
}

function inHex(value: number): string { return (value >>> 0).toString(16).padStart(8, '0') }
