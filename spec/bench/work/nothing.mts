/** A module that does nothing: what it takes to import any. */
export {}
