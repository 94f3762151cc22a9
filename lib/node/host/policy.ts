import { EventLoop } from '../../task/event-loop.ts'
import type { EventLoopPolicy } from '../../task/loops.ts'
import { NodeHost } from './node-host.ts'

/** Makes loops with real input and output. After `setEventLoopPolicy(new NodeEventLoopPolicy())`, `getEventLoop()` gives such a loop. */
export class NodeEventLoopPolicy implements EventLoopPolicy {
  newEventLoop(): EventLoop { return new EventLoop({ host: new NodeHost() }) }
}
