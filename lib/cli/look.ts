/** How to print on a terminal. */
export interface Look {
  readonly width: number
  readonly height: number
  readonly dim: (text: string) => string
  readonly strong: (text: string) => string
}

const plain = (text: string): string => text

/** How to print on this terminal. There are no colours when it is not a terminal, or when NO_COLOR is set. */
export function terminalLook(): Look {
  const { isTTY, columns, rows } = process.stdout
  const coloured = isTTY && (process.env['NO_COLOR'] ?? '') === ''
  return {
    width: isTTY ? columns : 100,
    height: isTTY ? rows : 30,
    dim: coloured ? text => `\u001B[2m${text}\u001B[22m` : plain,
    strong: coloured ? text => `\u001B[1m${text}\u001B[22m` : plain,
  }
}
