import { MODULUS, next } from './minstd.mts'

/** An M/M/c queue: customers come at random, wait for one of the servers, and are served for a random time. */
export const CUSTOMERS = 1_000_000
export const SERVERS = 3
/** Means, in milliseconds. */
export const GAP = 1000
export const SERVICE = 2500

/** The mean wait that a simulation of these customers finds, whoever makes it. */
export const MEAN_WAIT = 1947.80858593

/** Random times with this mean, the same in every language. */
export function exponential(mean: number, seed: number): () => number {
  return () => {
    seed = next(seed)
    return -mean * Math.log(seed / MODULUS)
  }
}
