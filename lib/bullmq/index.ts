/**
 * The door `yieldfrom/bullmq`: functions that run on other machines.
 * @module
 */
export { BullMQExecutor, type BullMQOptions, type RedisOptions } from '../node/executor/bullmq-executor.ts'
export { type WorkerOptions, type WorkerHandle, serveJobs } from '../node/executor/bullmq-worker.ts'
