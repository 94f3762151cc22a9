/** `--name VALUE`, or `undefined`. */
export function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? undefined : process.argv[at + 1] ?? ''
}

/** `--name` */
export function flag(name: string): boolean { return process.argv.includes(`--${name}`) }
