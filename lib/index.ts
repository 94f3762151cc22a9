/** The door `yieldfrom`: the whole core. */
export * from './greenlet/index.ts'
