/** From here on, `process.exit()` does not end the process in a spec of this file. @returns the codes of the calls in the spec that runs. */
export function recordExits(): readonly unknown[] {
  const exit: unknown = Reflect.get(process, 'exit')
  const codes: unknown[] = []
  beforeEach(() => {
    codes.length = 0
    process.exit = code => { codes.push(code); return undefined as never }
  })
  afterEach(() => { Object.assign(process, { exit }) })
  return codes
}
