/** The program of the I/O thread. Node's event loop runs here, and serves the resources of another thread, which blocks. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { IoSide } from '../io/io-side.ts'
import { makers } from '../io/makers.ts'
import { portableError } from '../io/portable-error.ts'
import { ABOUT_THE_THREAD, Channel, type ChannelEnds } from '../link/channel.ts'
import { Poller } from '../link/poller.ts'
import { RUNG_BACK, WANTS_RING, wake } from '../thread/cells.ts'

const { cells, ...ends } = workerData as ChannelEnds & { readonly cells: Int32Array }
const parent = parentPort as MessagePort
const ioSide: IoSide = new IoSide(makers, {
  copies: true, // into the ring, or into the queue of what finds no room there
  soon: call => { setImmediate(call) },
  onReport: (id, event, value) => {
    poller.start()
    channel.sendMessage(id, event, value, event === 'response' || event === 'connection')
  },
  onBytes: (id, bytes) => {
    poller.start()
    const isRoom = channel.sendBytes(id, bytes)
    poller.lookNowAndThen()
    return isRoom
  },
})

const channel: Channel = new Channel(ends, {
  onBytes: (id, bytes) => ioSide.write(id, bytes),
  onMessage: (id, command, value) => {
    if (command === 'open') {
      const [kind, options] = value as [string, unknown]
      ioSide.open(kind, id, options)
    } else {
      ioSide.do(id, command, value)
    }
  },
  onRoom: () => { ioSide.onRoom() },
}, () => {
  wake(cells)
  if (Atomics.load(cells, WANTS_RING) === 1 && Atomics.exchange(cells, RUNG_BACK, 1) === 0) parent.postMessage(0)
})

const poller = new Poller(cells, channel)

parent.on('message', () => { poller.start() })

let isDead = false

/** Say why this thread dies. It is the last message. */
function die(reason: unknown): void {
  if (isDead) return
  isDead = true
  channel.sendMessage(ABOUT_THE_THREAD, 'died', portableError(reason))
  channel.flush()
}

process.on('uncaughtException', error => {
  die(error)
  process.exit(1)
})
process.on('exit', code => { die(new Error(`it exited with code ${code}`)) })
