/** Errors of the programs' own; the twin of `errors.py`. */
export class Boom extends Error {}
export class Bang extends Error {}
export class Crash extends Error {}

export type ErrorClass = new () => Error
