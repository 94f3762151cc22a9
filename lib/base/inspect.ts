/**
 * The name of the method that Node's `console.log()` calls to print an object. Each class whose objects a program sees has
 * such a method. It returns one line, the same as `toString()`.
 */
export const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom')
