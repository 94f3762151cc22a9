/**
 * How much a property tries. One project tries all of it; those that repeat the specs in other surroundings say at their
 * setup that they try less.
 */
let share = { runs: 1, events: 1 }

/** Try one of so many random programs, and cancel at one of so many events. */
export function tryLess(less: { readonly runs: number; readonly events: number }): void { share = less }

/** How many random programs are tried. */
export function runs(all: number): number { return Math.ceil(all / share.runs) }

/** How many events it is from one at which something is cancelled to the next. */
export function stride(): number { return share.events }
