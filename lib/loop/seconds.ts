import { checkedNumber } from '../base/checked.ts'

/** Turn seconds into milliseconds: `sleep(seconds(2))`. */
export function seconds(count: number): number { return checkedNumber('seconds()', count) * 1000 }
