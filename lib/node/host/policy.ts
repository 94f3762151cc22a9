import { EventLoop } from '../../task/event-loop.ts'
import type { EventLoopPolicy } from '../../task/loops.ts'
import { NodeHost } from './node-host.ts'

/** Makes loops with real input and output: `setEventLoopPolicy(new NodeEventLoopPolicy())`, and `getEventLoop()` gives one. */
export class NodeEventLoopPolicy implements EventLoopPolicy {
  newEventLoop(): EventLoop { return new EventLoop({ host: new NodeHost() }) }
}
