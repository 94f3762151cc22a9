import type { Socket } from 'node:net'

/** Takes bytes that have come. Their memory is used again after the call. @returns whether more should be read. */
export type Borrower = (bytes: Buffer) => boolean

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

let shared: Buffer | null = null
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
  const buffer = shared ??= Buffer.allocUnsafeSlow(SIZE)
  Reflect.set(socket, known.kBuffer, buffer)
  Reflect.set(socket, known.kBufferCb, (count: number) => borrower(count === SIZE ? buffer : buffer.subarray(0, count)))
  handle.useUserBuffer(buffer)
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
