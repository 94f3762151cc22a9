import { type Coroutine, EventLoop, ManualHost, type Owner, sleep } from '../../lib/index.ts'
import { ownerOfNode, ownerOfScene } from '../../lib/engine/babylon/index.ts'
import { ownerOfActor, ownerOfUpdates } from '../../lib/engine/excalibur/index.ts'

/** As an `Observable` of Babylon, and as the events of Excalibur: what a callback throws reaches whoever notifies. */
class Notices<T> {
  private readonly callbacks = new Set<(value: T) => void>()

  add(callback: (value: T) => void): (value: T) => void {
    this.callbacks.add(callback)
    return callback
  }

  remove(callback: (value: T) => void): boolean { return this.callbacks.delete(callback) }

  notify(value: T): void { for (const callback of Array.from(this.callbacks)) callback(value) }
}

class Scene {
  readonly onBeforeRenderObservable = new Notices<Scene>()
  readonly onDisposeObservable = new Notices<Scene>()
  readonly getEngine = () => ({ getDeltaTime: () => 16 })
}

class Actor {
  readonly name = 'actor'
  readonly notices = new Notices<never>()

  on(_name: string, handler: (event: never) => void): { close(): void } {
    this.notices.add(handler)
    return { close: () => { this.notices.remove(handler) } }
  }
}

function* stubborn(): Coroutine<void> {
  try {
    yield* sleep(1000)
  } finally {
    for (;;) try { yield* sleep(1) } catch { /* it never ends */ }
  }
}

/** Each way in which an adapter closes an owner. @returns what the engine does. */
const WAYS: [string, (loop: EventLoop) => { readonly owner: Owner; over(): void }][] = [
  ['ownerOfScene()', loop => {
    const scene = new Scene()
    return { owner: ownerOfScene(loop, scene), over() { scene.onDisposeObservable.notify(scene) } }
  }],
  ['ownerOfNode()', loop => {
    const node = { name: 'node', onDisposeObservable: new Notices<null>() }
    return { owner: ownerOfNode(loop.owner('scene'), node), over() { node.onDisposeObservable.notify(null) } }
  }],
  ['ownerOfUpdates()', loop => {
    const { owner, end } = ownerOfUpdates(loop, new Actor())
    return { owner, over: end }
  }],
  ['ownerOfActor()', loop => {
    const actor = new Actor()
    return { owner: ownerOfActor(loop.owner('scene'), actor), over() { actor.notices.notify(undefined as never) } }
  }],
]

describe.each(WAYS)('a script that does not end when %s closes its owner', (_name, prepare) => {
  it('is told to the exception handler, and not to the engine', () => {
    const log: string[] = []
    const loop = new EventLoop({ host: new ManualHost() })
    loop.setExceptionHandler((_loop, { message, exception }) => { log.push(`${message.replace(/'.*'/, '…')}: ${String(exception)}`) })
    const prepared = prepare(loop)
    const { owner } = prepared
    owner.spawn(stubborn(), { name: 'stubborn' })
    owner.onClose(() => { log.push('closed') })
    loop.frame({ dt: 16 })
    prepared.over()
    expect(log).toEqual([
      'closed', 'closing <Owner … closed> has failed: OwnerCloseError: stubborn did not end when the owner was closed: what waits in a finally has to come to an end'])
  })
})
