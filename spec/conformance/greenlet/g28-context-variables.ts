/** G28: Each greenlet has its own context for context variables, which is empty at first. */
import { Context, ContextVar, type Greenlet, copyContext, getCurrent, greenlet } from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'

export const programs: Programs = {
  'a new greenlet begins with an empty context and sets variables for itself only'(log) {
    function* run() {
      log('greenlet has', variable.get())
      variable.set('of the greenlet')
      log('greenlet has', variable.get(), yield* main.switch())
      log('greenlet has', variable.get())
    }

    const main = getCurrent()
    const variable = new ContextVar<string>('var', { default: 'default' })
    variable.set('of main')
    const g: Greenlet = greenlet(run)
    g.resume()
    log('main has', variable.get())
    variable.set('of main again')
    g.resume('back')
    log('main has', variable.get())
  },

  'its context is None until it sets a variable'(log) {
    function* run() {
      log('running', g.context === null)
      variable.set('value')
      log('set', g.context instanceof Context)
      yield* main.switch()
    }

    const main = getCurrent()
    const variable = new ContextVar<string>('var')
    const g: Greenlet = greenlet(run)
    log('unstarted', g.context === null)
    g.resume()
    log('waiting', g.context instanceof Context, g.context?.get(variable), g.context?.size)
    g.resume()
    log('dead', g.context === null)
  },

  'it may be given a copy of the current context, or share one'(log) {
    function* run(value: string) {
      const me = getCurrent()
      log(me, 'has', variable.get())
      variable.set(value)
      yield* main.switch()
      log(me, 'has', variable.get())
    }

    const main = getCurrent()
    const variable = new ContextVar<string>('var', { default: 'default' })
    variable.set('of main')
    const copied: Greenlet = greenlet(run)
    label(copied, 'copied')
    copied.context = copyContext()
    copied.resume('of copied')
    log('main has', variable.get())
    const shared: Greenlet[] = []
    for (const name of ['first', 'second']) {
      const g: Greenlet = greenlet(run)
      label(g, name)
      g.context = copied.context
      g.resume(`of ${name}`)
      shared.push(g)
    }
    for (const g of [copied, ...shared]) {
      g.resume()
    }
    log('main has', variable.get())
  },

  'it may be set while the greenlet runs or waits, and removed'(log) {
    function* run() {
      variable.set('its own')
      const mine = g.context
      g.context = other
      log('running with', variable.get(), g.context === other)
      yield* main.switch()
      log('given', variable.get(), g.context === other)
      yield* main.switch()
      log('without', variable.get())
      g.context = mine
      log('again', variable.get())
    }

    const main = getCurrent()
    const variable = new ContextVar<string>('var', { default: 'default' })
    const other = new Context()
    other.run(() => variable.set('of the other'))
    const g: Greenlet = greenlet(run)
    g.resume()
    g.context = copyContext()
    g.resume()
    g.context = null
    g.resume()
    log(g.dead)
  },

  'it is the entered context, for as long as one is entered'(log) {
    function inside() {
      log('inside', variable.get(), getCurrent().context === entered)
    }

    function* run() {
      variable.set('its own')
      entered.run(inside)
      log('outside', variable.get(), getCurrent().context === entered)
      yield* main.switch()
      entered.run(inside)
      log('outside', variable.get())
    }

    const main = getCurrent()
    const variable = new ContextVar<string>('var', { default: 'default' })
    const entered = new Context()
    entered.run(() => variable.set('of the entered'))
    const g: Greenlet = greenlet(run)
    g.resume()
    entered.run(inside)
    g.resume()
  },

  'anything else is a TypeError, and a token is valid in its own context only'(log) {
    function* run() {
      try {
        variable.reset(token)
      } catch (error) {
        log('greenlet caught', error)
      }
      const mine = variable.set('of the greenlet')
      variable.reset(mine)
      log('greenlet has', variable.get())
    }

    const variable = new ContextVar<string>('var', { default: 'default' })
    const token = variable.set('of main')
    const g: Greenlet = greenlet(run)
    for (const context of [5, 'context', {}]) {
      try {
        g.context = context as never
      } catch (error) {
        log(error)
      }
    }
    g.resume()
    variable.reset(token)
    log('main has', variable.get())
  },

  'copying the context creates one if there was none'(log) {
    function* run() {
      log(g.context === null)
      const copied = copyContext()
      log(g.context === null, copied.size)
    }

    const g: Greenlet = greenlet(run)
    g.resume()
  },
}
