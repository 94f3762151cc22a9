// Scripts of a Babylon scene: they end when their node is disposed of; here a few lines stand for Babylon
// npx ts-node docs/examples/engines/babylon.ts
import { type Coroutine, EventLoop, ManualHost, nextFrame, waitSignal } from 'yieldfrom'
import { ownerOfNode, ownerOfScene } from 'yieldfrom/engine/babylon'

// With Babylon, these are its own Observable and Scene, and a mesh.
class Observable<T> {
  private readonly callbacks = new Set<(value: T) => void>()
  add(callback: (value: T) => void): (value: T) => void {
    this.callbacks.add(callback)
    return callback
  }

  remove(callback: (value: T) => void): boolean { return this.callbacks.delete(callback) }
  notifyObservers(value: T): void { for (const callback of Array.from(this.callbacks)) callback(value) }
}
class Scene {
  readonly onBeforeRenderObservable = new Observable<Scene>()
  readonly onDisposeObservable = new Observable<Scene>()
  getEngine(): { getDeltaTime(): number } { return { getDeltaTime: () => 16 } }
  render(): void { this.onBeforeRenderObservable.notifyObservers(this) }
}
class Mesh {
  readonly onDisposeObservable = new Observable<Mesh>()
  readonly onPick = new Observable<string>()
  constructor(readonly name: string) {}
  dispose(): void { this.onDisposeObservable.notifyObservers(this) }
}

const loop = new EventLoop({ host: new ManualHost() })
const [scene, enemy, lamp] = [new Scene(), new Mesh('enemy'), new Mesh('lamp')]
const world = ownerOfScene(loop, scene)

ownerOfNode(world, enemy).spawn(function* patrol(): Coroutine<void> {
  try {
    for (;;) {
      console.log(`${loop.time()} ms: the enemy walks`)
      yield* nextFrame()
    }
  } finally {
    console.log('the enemy is gone')
  }
}())
ownerOfNode(world, lamp).spawn(function* shines(): Coroutine<void> {
  try {
    for (;;) console.log(`the lamp shines for ${yield* waitSignal(lamp.onPick)}`)
  } finally {
    console.log('the lamp is out')
  }
}())

scene.render()
scene.render()
enemy.dispose() // the finally has run when this returns
scene.render()
lamp.onPick.notifyObservers('the player')
scene.render()
scene.onDisposeObservable.notifyObservers(scene) // scene.dispose() does this
loop.close()
