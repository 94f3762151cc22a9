import { EventLoop } from '../../task/event-loop.ts'
import type { EventLoopPolicy } from '../../task/loops.ts'
import { NodeHost, type NodeHostOptions, checkedPoller } from './node-host.ts'

/** Makes loops with real input and output. After `setEventLoopPolicy(new NodeEventLoopPolicy())`, `getEventLoop()` gives such a loop. */
export class NodeEventLoopPolicy implements EventLoopPolicy {
  private readonly $options: NodeHostOptions

  /** @param options those of `new NodeHost()`: `{ poller: 'epoll' }`. */
  constructor(options: NodeHostOptions = {}) {
    checkedPoller(options)
    this.$options = options
  }

  newEventLoop(): EventLoop { return new EventLoop({ host: new NodeHost(this.$options) }) }
}
