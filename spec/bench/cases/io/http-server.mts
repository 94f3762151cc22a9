/** An HTTP server of plain Node, which prints its port, and serves until it is killed. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const server = createServer((_, answer) => { answer.end('hello') })
server.listen(0, '127.0.0.1', () => { console.log((server.address() as AddressInfo).port) })
