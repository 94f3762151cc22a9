import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Scene, TransformNode } from '@babylonjs/core'
import { type Coroutine, EventLoop, ManualHost, TaskGroup, createTask, nextFrame, sleep, use, waitSignal } from '../../lib/index.ts'
import { ownerOfNode, ownerOfScene } from '../../lib/engine/babylon/index.ts'

/** Babylon is made of ES modules: what is used of it becomes one script. */
function babylon(): { NullEngine: new () => object; Scene: new (engine: object) => Scene; TransformNode: new (name: string, scene: Scene) => TransformNode } {
  const outfile = join(mkdtempSync(join(tmpdir(), 'yieldfrom-')), 'babylon.js')
  execFileSync(join(__dirname, '../../node_modules/.bin/esbuild'),
    ['--bundle', '--format=cjs', '--platform=node', '--log-level=error', `--outfile=${outfile}`], {
      cwd: join(__dirname, '../..'),
      input: "export { NullEngine } from '@babylonjs/core/Engines/nullEngine.js'\nexport { Scene } from '@babylonjs/core/scene.js'\n" +
        "export { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'\nimport '@babylonjs/core/Misc/observableCoroutine.js'\n" +
        "import '@babylonjs/core/Cameras/freeCamera.js'",
    })
  return require(outfile) as ReturnType<typeof babylon>
}

const { NullEngine, Scene: BabylonScene, TransformNode: Node } = babylon()

function stage() {
  const log: string[] = []
  const scene = new BabylonScene(new NullEngine())
  const loop = new EventLoop({ host: new ManualHost(), logger: text => { log.push(text) } })
  const owner = ownerOfScene(loop, scene, { deltaTime: () => 16, onFrame: ({ errors }) => { for (const error of errors) log.push(String(error)) } })
  const frames = (count: number): void => { for (let i = 0; i < count; i++) scene.onBeforeRenderObservable.notifyObservers(scene) }
  return { log, scene, loop, owner, frames }
}

describe('a scene of Babylon', () => {
  it('runs scripts once in each frame, and their errors are there in the same frame', () => {
    const { log, loop, owner, frames } = stage()
    owner.spawn(function* () { for (;;) { log.push(`moves at ${loop.time()}`); yield* nextFrame() } }())
    owner.spawn(function* (): Coroutine<void> { yield* sleep(16); throw new Error('a script fails') }())
    frames(3)
    expect(log).toEqual(['moves at 16', 'moves at 32', 'Error: a script fails', 'moves at 48'])
  })

  it('has the errors of scripts logged, unless somebody asks for them', () => {
    const log: string[] = []
    const scene = new BabylonScene(new NullEngine())
    const loop = new EventLoop({ host: new ManualHost(), logger: text => { log.push(text.split('\n')[0] as string) } })
    const owner = ownerOfScene(loop, scene, { deltaTime: () => 16 })
    owner.spawn(function* (): Coroutine<void> { throw new Error('a script fails') }())
    scene.onBeforeRenderObservable.notifyObservers(scene)
    scene.dispose()
    expect(log).toEqual(['a script has failed'])
  })

  it('has run every finally once when dispose() returns, the innermost and the latest first', () => {
    const { log, scene, owner, frames, loop } = stage()
    const node = new Node('door', scene)
    const door = ownerOfNode(owner, node)
    function* script(name: string): Coroutine<void> {
      try {
        try {
          yield* sleep(1000)
        } finally {
          log.push(`${name}: inner`)
          yield* sleep(10)
        }
      } finally {
        log.push(`${name}: outer`)
      }
    }
    owner.spawn(function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(script('child of a group'))
        yield* sleep(1000)
      })
    }())
    owner.spawn(script('scene'))
    door.spawn(script('door'))
    frames(2)
    node.dispose()
    log.push('the door is disposed of')
    scene.dispose()
    log.push('the scene is disposed of')
    expect(log).toEqual([
      'door: inner', 'door: outer', 'the door is disposed of', 'child of a group: inner', 'child of a group: outer', 'scene: inner', 'scene: outer',
      'the scene is disposed of',
    ])
    expect(loop.report()).toEqual([])
  })

  it('takes the time of a frame from the engine, if nobody says otherwise', () => {
    const log: string[] = []
    const scene = new BabylonScene(new NullEngine())
    const loop = new EventLoop({ host: new ManualHost() })
    const times = [20, 5]
    Object.assign(scene.getEngine(), { getDeltaTime: () => times.shift() })
    ownerOfScene(loop, scene).spawn(function* () {
      for (;;) {
        log.push(`moves at ${loop.time()}`)
        yield* nextFrame()
      }
    }())
    for (let i = 0; i < 2; i++) scene.onBeforeRenderObservable.notifyObservers(scene)
    expect(log).toEqual(['moves at 20', 'moves at 25'])
  })

  it('waits for its observables', () => {
    const { log, scene, owner, frames } = stage()
    owner.spawn(function* () {
      const node = yield* waitSignal(scene.onNewTransformNodeAddedObservable)
      log.push(node.name)
    }())
    createTask.name satisfies string
    frames(1)
    new Node('late', scene)
    frames(2)
    expect(log.filter(line => line !== '')).toEqual(['late'])
  })

  it('runs no finally of its own coroutines when it is disposed of', () => {
    const { scene } = stage()
    const log: string[] = []
    const observable = scene.onBeforeRenderObservable as unknown as { runCoroutineAsync(coroutine: Generator<void, void, void>): unknown; notifyObservers(scene: Scene): void }
    observable.runCoroutineAsync(function* () {
      try {
        for (;;) yield
      } finally {
        log.push('never')
      }
    }())
    observable.notifyObservers(scene)
    scene.dispose()
    expect(log).toEqual([])
  })
})
