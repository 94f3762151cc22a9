/** A module that does nothing, to be imported before another. */
export {}
