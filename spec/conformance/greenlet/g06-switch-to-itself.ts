/** G6: A switch to the current greenlet returns its own arguments at once. */
import { type Greenlet, type Tracer, getCurrent, greenlet, runMain, setTrace } from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

export const programs: Programs = {
  'a greenlet that switches to itself continues with its own arguments'(log) {
    function* run() {
      const me = getCurrent()
      log(yield* me.switch())
      log(yield* me.switch('one'))
      log(yield* me.switch('one', 2))
      log(yield* me.switch([1, 2]))
      return 'run is done'
    }

    log('main gets', greenlet(run).resume())
  },

  'main may do it too'(log) {
    const main = getCurrent()
    log(main.resume())
    log(main.resume('one'))
    log(main.resume('one', 2))
  },

  'a program that runs in main may do it too'(log) {
    function* mainProgram() {
      const main = getCurrent()
      log(yield* main.switch('one', 2))
      const g = greenlet(function* () { yield* main.switch('from g') })
      log('main gets', yield* g.switch())
      log(yield* main.switch('again'))
    }

    runMain(mainProgram)
  },

  'it is traced as a switch from the greenlet to itself'(log) {
    const tracer: Tracer = (event, greenlets) => {
      log(event, ...greenlets)
    }

    function* run() {
      log(yield* g.switch('back'))
    }

    const g: Greenlet = greenlet(run)
    label(g, 'g')
    setTrace(tracer)
    g.resume()
    setTrace(null)
  },
}
