/** The numbers after `seed`: the same in every language (Park and Miller's generator). */
export const next = (seed: number): number => seed * 48271 % MODULUS

export const MODULUS = 2147483647
