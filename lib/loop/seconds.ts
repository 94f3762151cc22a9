/** Turn seconds into milliseconds: `sleep(seconds(2))`. */
export function seconds(count: number): number { return count * 1000 }
