// Scripts of an Excalibur scene, in its time: they end when their actor is killed; here a few lines stand for Excalibur
// npx ts-node docs/examples/engines/excalibur.ts
import { type Coroutine, EventLoop, ManualHost, sleep } from 'yieldfrom'
import { ownerOfActor, ownerOfUpdates } from 'yieldfrom/engine/excalibur'

// With Excalibur, these are its Engine and its Actor.
class Emitter<E> {
  private readonly handlers = new Set<(event: E) => void>()
  on(_name: string, handler: (event: E) => void): { close(): void } {
    this.handlers.add(handler)
    return { close: () => { this.handlers.delete(handler) } }
  }

  emit(event: E): void { for (const handler of Array.from(this.handlers)) handler(event) }
}
class Engine extends Emitter<{ readonly elapsed: number }> {
  timescale = 1
  update(ms: number): void { this.emit({ elapsed: ms * this.timescale }) }
}
class Actor extends Emitter<void> {
  constructor(readonly name: string) { super() }
  kill(): void { this.emit() }
}

const [engine, player] = [new Engine(), new Actor('player')]
const loop = new EventLoop({ host: new ManualHost() })
const { owner, end } = ownerOfUpdates(loop, engine)

ownerOfActor(owner, player).spawn(function* breathes(): Coroutine<void> {
  try {
    for (;;) {
      yield* sleep(100)
      console.log(`${loop.time()} ms of the game: a breath`)
    }
  } finally {
    console.log('the last breath')
  }
}())

for (let i = 0; i < 5; i++) engine.update(50)
console.log('slow motion')
engine.timescale = 0.5
for (let i = 0; i < 4; i++) engine.update(50)
player.kill()
engine.update(50)
end()
loop.close()
