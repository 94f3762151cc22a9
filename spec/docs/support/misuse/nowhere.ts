/** Input and output that leads nowhere: everything is checked, and nothing is opened. */
import { ThreadPoolExecutor } from '../../../../lib/node/index.ts'
import type { SignalHandlers } from '../../../../lib/node/host/signal-handlers.ts'
import { Link } from '../../../../lib/node/link/link.ts'
import { type NodeServices, servicesBy } from '../../../../lib/node/services.ts'

/** Whoever would open something has been given right values. */
function taken(): never { throw new Error('tea') }

class LinkToNowhere extends Link {
  tell(): void { taken() }
  write(): void { taken() }
  expectJobs(): void { /* none will come */ }
  protected sendOpen(): void { taken() }
}

const link = new LinkToNowhere()

/** An executor that starts neither a thread nor a process. */
export function startingNothing<E extends object>(executor: E): E { return Object.assign(executor, { $begin: () => link }) }

export const services: NodeServices = {
  ...servicesBy(() => link, { add: taken, remove: taken, removeAll: taken } as unknown as SignalHandlers),
  newDefaultExecutor: () => startingNothing(new ThreadPoolExecutor()),
}
