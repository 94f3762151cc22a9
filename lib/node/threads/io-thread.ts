/** The program of the I/O thread: Node's event loop serves what another thread, which blocks, wants. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { Engine } from '../engine/engine.ts'
import { makers } from '../engine/makers.ts'
import { portable } from '../engine/portable-error.ts'
import { Channel, type ChannelEnds } from '../link/channel.ts'
import { RUNG, RUNG_BACK, WANTS_RING, wake } from '../thread/cells.ts'

/** For whom a message is that is about the thread itself. */
const THREAD = 0

const { cells, ...ends } = workerData as ChannelEnds & { readonly cells: Int32Array }
const parent = parentPort as MessagePort
let isScheduled = false

const engine = new Engine(makers, {
  onTold: (id, event, value) => {
    schedule()
    channel.sendMessage(id, [event, value])
  },
  onBytes: (id, bytes) => {
    schedule()
    return channel.sendBytes(id, bytes)
  },
})

const channel = new Channel(ends, {
  onBytes: (id, bytes) => { engine.write(id, bytes) },
  onMessage: (id, message) => {
    const [verb, value] = message as [string, unknown]
    if (verb === 'open') {
      const [kind, options] = value as [string, unknown]
      engine.open(kind, id, options)
    } else {
      engine.do(id, verb, value)
    }
  },
  onRoom: () => { engine.onRoom() },
}, () => {
  wake(cells)
  if (Atomics.load(cells, WANTS_RING) === 1 && Atomics.exchange(cells, RUNG_BACK, 1) === 0) parent.postMessage(0)
})

/** What comes of one round of Node's event loop goes to the other thread together. */
function schedule(): void {
  if (isScheduled) return
  isScheduled = true
  setImmediate(flush)
}

function flush(): void {
  isScheduled = false
  channel.flush()
}

parent.on('message', () => {
  Atomics.store(cells, RUNG, 0)
  channel.receive()
})

let said = false

/** The last thing that it says. */
function die(reason: unknown): void {
  if (said) return
  said = true
  channel.sendMessage(THREAD, ['died', portable(reason)])
  channel.flush()
}

process.on('uncaughtException', error => {
  die(error)
  process.exit(1)
})
process.on('exit', code => { die(new Error(`it exited with code ${code}`)) })
