/**
 * Lets so many connections send a message and wait for its echo, again and again, and prints what came of it as JSON:
 * `client.mjs PORT CONNECTIONS SECONDS BYTES`. A program that ECHO_LOAD names takes its place: one in C leaves more of the machine to the server.
 */
import { connect } from 'node:net'

const [port = 0, connections = 1, seconds = 1, size = 64] = process.argv.slice(2).map(Number)
const message = Buffer.alloc(size, 'x')
let connected = 0
let echoes = 0
let closed = 0
let counted = 0
let start = 0

for (let i = 0; i < connections; i++) {
  let got = 0
  const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => {
    socket.write(message)
    if (++connected === connections) warmUp()
  })
  socket.on('data', data => {
    got += data.length
    if (got < size) return
    got -= size
    echoes++
    socket.write(message)
  })
  socket.on('error', () => undefined)
  socket.on('close', () => { closed++ })
}

function warmUp(): void {
  setTimeout(() => {
    start = performance.now()
    counted = echoes
    setTimeout(stop, seconds * 1000)
  }, seconds * 100)
}

function stop(): void {
  const rps = (echoes - counted) / (performance.now() - start) * 1000
  console.log(JSON.stringify({ rps, closed }))
  process.exit()
}
