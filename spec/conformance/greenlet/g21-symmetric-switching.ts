/** G21: Any greenlet can switch to any other. When one ends, its parent continues, whoever switched to it last. */
import { type Greenlet, getCurrent, greenlet } from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

export const programs: Programs = {
  'a token goes round a ring'(log) {
    function* run(n: number) {
      const me = getCurrent()
      let hops = yield* main.switch<number>(me)
      while (hops < 10) {
        log(me, 'has it')
        hops = yield* (ring[(n + 1) % 3] as Greenlet).switch<number>(hops + 1)
      }
      return [me, 'ends the game']
    }

    const main = getCurrent()
    const ring: Greenlet[] = []
    for (let n = 0; n < 3; n++) {
      const g: Greenlet = greenlet(run)
      label(g, 'abc'.charAt(n))
      ring.push(g.resume(n) as Greenlet)
    }
    log(ring[0]?.resume(1))
    log(ring.map(g => g.dead))
  },

  'two take turns, with main in between'(log) {
    function* run(name: 'a' | 'b') {
      for (let n = 0; n < 3; n++) {
        log(name, n)
        yield* others[name].switch(name)
      }
      return `${name} is done`
    }

    const a: Greenlet = greenlet(run)
    const b: Greenlet = greenlet(run)
    const others = { a: b, b: a }
    log('main gets', a.resume('a'))
    log('main gets', b.resume('main'))
    log(a.dead, b.dead)
  },

  'a greenlet waits until somebody switches to it'(log) {
    function* run(name: string | number) {
      log(name, 'begins')
      yield* main.switch()
      log(name, 'goes on')
    }

    const main = getCurrent()
    const waiting: Greenlet = greenlet(run)
    waiting.resume('waiting')
    for (let n = 0; n < 3; n++) {
      const g: Greenlet = greenlet(run)
      g.resume(n)
      g.resume()
    }
    log(waiting.active, waiting.dead)
  },

  'its end goes to the parent, past those that switched to it'(log) {
    function* parentRun() {
      const first: Greenlet = greenlet(firstRun)
      log('parent gets', yield* first.switch())
      return 'parent is done'
    }

    function* firstRun() {
      const second: Greenlet = greenlet(secondRun, main)
      log('first gets', yield* second.switch(getCurrent()))
    }

    function* secondRun(first: Greenlet) {
      const third: Greenlet = greenlet(thirdRun, first.parent)
      log('second gets', yield* third.switch())
    }

    function* thirdRun() {
      return 'from third'
    }

    const main = getCurrent()
    log('main gets', greenlet(parentRun).resume())
  },

  'a producer and a consumer, neither of which is the parent of the other'(log) {
    function* producerRun() {
      for (const item of ['one', 'two', 'three']) {
        log('produced', item)
        log('then', yield* consumer.switch(item))
      }
      yield* consumer.switch(null)
    }

    function* consumerRun(item: unknown) {
      while (item !== null) {
        log('consumed', item)
        item = yield* producer.switch('more')
      }
      return 'sold out'
    }

    const producer: Greenlet = greenlet(producerRun)
    const consumer: Greenlet = greenlet(consumerRun)
    log('main gets', producer.resume())
    log(producer.active, consumer.dead)
  },
}
