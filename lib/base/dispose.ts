/// <reference lib="esnext.disposable" preserve="true" />

/** `using` of TypeScript and later engines; older ones get the symbol that their polyfills know. */
export const dispose: typeof Symbol.dispose =
  ((Symbol as { dispose?: symbol }).dispose ?? Symbol.for('Symbol.dispose')) as typeof Symbol.dispose
