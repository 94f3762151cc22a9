import type { Socket } from 'node:net'

/** Is told how many bytes of the `lent` memory have come. It is used again after the call. @returns whether more should be read. */
export type Borrower = (length: number) => boolean

/** What Node keeps in a socket that reads into a given buffer: the option `onread` of `net.connect()`. */
interface Slots {
  readonly kBuffer: symbol
  readonly kBufferCb: symbol
}

interface Handle {
  useUserBuffer?(buffer: Uint8Array): void
}

/** As much as Node reads at a time. */
const SIZE = 65_536

/** The buffer that all sockets of this thread read into. It is made for the first of them. */
export const lent = { memory: Buffer.alloc(0) }

let slots: Slots | null | undefined

/**
 * Let a socket read into one buffer, which all sockets of this thread share. For each piece that comes, Node would take 64 KiB of memory,
 * give back what is left of it, and make a stream of it, which costs as much as the read itself. Node offers this for connections
 * that a program begins, by the option `onread`, but not for those that a server takes. So it is looked up how a socket keeps the option.
 * @returns false when this Node keeps it in another way. Then the socket reads as usual.
 */
export function readInto(socket: Socket, borrower: Borrower): boolean {
  const handle = (socket as unknown as { readonly _handle: Handle | null })._handle
  const known = slots === undefined ? slots = slotsOf(socket) : slots
  if (known === null || typeof handle?.useUserBuffer !== 'function') return false
  if (lent.memory.length === 0) lent.memory = Buffer.allocUnsafeSlow(SIZE)
  Reflect.set(socket, known.kBuffer, lent.memory)
  Reflect.set(socket, known.kBufferCb, borrower)
  handle.useUserBuffer(lent.memory)
  return true
}

/** The socket gives its bytes as usual from now on. Something else must read from its handle, as TLS does. */
export function readAsUsual(socket: Socket): void {
  if (slots === null || slots === undefined) return
  Reflect.set(socket, slots.kBuffer, null)
  Reflect.set(socket, slots.kBufferCb, null)
}

function slotsOf(socket: Socket): Slots | null {
  const symbols = Object.getOwnPropertySymbols(socket)
  const [kBuffer, kBufferCb] = ['kBuffer', 'kBufferCb'].map(name => symbols.find(({ description }) => description === name))
  return kBuffer === undefined || kBufferCb === undefined ? null : { kBuffer, kBufferCb }
}
