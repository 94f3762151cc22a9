/** The longest time that a timer of Node can wait, in milliseconds. */
export const LONGEST_TIMER = 2 ** 31 - 1
