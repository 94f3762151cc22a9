/** The door `yieldfrom/node`: the core again, and hosts with real input and output. `run` and `Runner` use them by default. */
export * from '../index.ts'
export { type AttachOptions, type Attachment, attach } from './host/attach.ts'
export { NodeHost } from './host/node-host.ts'
export { Runner, run } from './run.ts'
