/** The least number of places in the table; a power of two. */
const SMALLEST = 16

/**
 * Finds things by their numbers, which count up. It is a table of its own, because resources come and go all the time. A `Map` makes itself
 * anew after some changes, and V8 lets the table that it leaves behind, and with it all that was ever in it, live until the next
 * large collection.
 *
 * A number stands at the place that its bits say, or at the next free place behind that.
 */
export class ByNumber<T> {
  private numbers = new Float64Array(SMALLEST)
  private things = new Array<T | undefined>(SMALLEST).fill(undefined)
  private held = 0

  get size(): number { return this.held }

  get(number: number): T | undefined { return this.things[this.placeOf(number)] }

  set(number: number, thing: T): void {
    const place = this.placeOf(number)
    if (this.things[place] === undefined) this.held++
    this.numbers[place] = number
    this.things[place] = thing
    if (this.held * 2 > this.things.length) this.grow()
  }

  delete(number: number): void {
    const { things, numbers } = this
    const last = things.length - 1
    let free = this.placeOf(number)
    if (things[free] === undefined) return
    this.held--
    // What stands behind it may have passed over this place. It moves up, so that it is found without it.
    for (let place = (free + 1) & last; things[place] !== undefined; place = (place + 1) & last) {
      const passed = (place - this.homeOf(numbers[place] as number)) & last
      if (passed < ((place - free) & last)) continue
      numbers[free] = numbers[place] as number
      things[free] = things[place]
      free = place
    }
    things[free] = undefined
  }

  /** All things, in the order of their numbers, which count up or down. */
  values(): T[] { return this.entries().map(([, thing]) => thing) }

  /** The same, each with its number. */
  entries(): [number, T][] {
    const places = Array.from(this.things.keys()).filter(place => this.things[place] !== undefined)
    return places.map((place): [number, T] => [this.numbers[place] as number, this.things[place] as T]).sort(([a], [b]) => Math.abs(a) - Math.abs(b))
  }

  clear(): void {
    this.things.fill(undefined)
    this.held = 0
  }

  /** Even numbers are given by one side, odd ones by the other: so the last bit says little. */
  private homeOf(number: number): number { return (number >> 1) & (this.things.length - 1) }

  /** The place of a number, or the free place where it would stand. */
  private placeOf(number: number): number {
    const { things, numbers } = this
    let place = this.homeOf(number)
    while (things[place] !== undefined && numbers[place] !== number) place = (place + 1) & (things.length - 1)
    return place
  }

  private grow(): void {
    const { numbers, things } = this
    this.numbers = new Float64Array(things.length * 2)
    this.things = new Array<T | undefined>(things.length * 2).fill(undefined)
    this.held = 0
    things.forEach((thing, place) => { if (thing !== undefined) this.set(numbers[place] as number, thing) })
  }
}
