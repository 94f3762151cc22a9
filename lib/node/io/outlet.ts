import { writeSync } from 'node:fs'
import type { Socket } from 'node:net'

/** A socket whose handle Node keeps where it always has. */
type Handled = Socket & { readonly _handle: { readonly fd?: number } | null }

/**
 * Gives bytes of a socket straight to the system. The stream of a socket makes a request of each piece, looks at it again later, and tells
 * of it by an event; that takes longer than the system call.
 *
 * The system gives the number of a closed descriptor to the next connection, so a number that is kept may not be written to blindly. Node
 * takes the handle away from the socket before it closes the descriptor, and all that happens in this thread. So as long as the socket has
 * the same handle, the number is its own.
 */
export class Outlet {
  private readonly handle: Handled['_handle']
  private readonly descriptor: number

  /** @param socket it is connected. */
  constructor(private readonly socket: Socket) {
    this.handle = (socket as Handled)._handle
    this.descriptor = this.handle?.fd ?? -1 // as on Windows
  }

  /** @returns how many bytes the system has taken: 0 when it takes none, whatever the reason. The stream takes the others. */
  write(bytes: Uint8Array): number {
    const { socket } = this
    if (socket.writableLength > 0 || !socket.writable || (socket as Handled)._handle !== this.handle || this.descriptor < 0) return 0
    try {
      return writeSync(this.descriptor, bytes)
    } catch (error) {
      this.failed(error as NodeJS.ErrnoException)
      return 0
    }
  }

  /** The system tells of a lost connection once, so the stream would not hear of it any more. It does not when it only takes no more for now. */
  private failed({ code, errno, syscall }: NodeJS.ErrnoException): void {
    if (code === undefined || errno === undefined || code === 'EAGAIN') return
    this.socket.destroy(Object.assign(new Error(`write ${code}`), { code, errno, syscall }))
  }
}
