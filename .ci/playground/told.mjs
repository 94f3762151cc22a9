// What the page and its worker agree on.

/** The name of the program in stacks and in the recording. */
export const FILE = 'program.ts'

/** How many events are shown. A program that does more goes on, and nothing of that is kept. */
export const MOST_EVENTS = 20_000

/** How many lines of what the program prints are shown. */
export const MOST_LINES = 2000
