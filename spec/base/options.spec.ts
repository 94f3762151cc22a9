import { EventLoop, VirtualHost } from '../../lib/index.ts'
import { closest } from '../../lib/base/options.ts'

const everyObject = Object.prototype as { extra?: string; hots?: VirtualHost }

describe('on a page that gives every object one property more', () => {
  beforeEach(() => { everyObject.extra = 'more' })
  afterEach(() => { delete everyObject.extra })

  it('nobody is told of an option that was not given', () => {
    const loop = new EventLoop({ host: new VirtualHost() })
    expect(loop.time()).toBe(0)
    loop.close()
  })

  it('a slip is found as ever, in the options and in what they inherit', () => {
    const slips = [{ hots: new VirtualHost() }, Object.create({ hots: new VirtualHost() })] as { host?: VirtualHost }[]
    for (const slip of slips) expect(() => new EventLoop(slip)).toThrow("new EventLoop() has no option 'hots'. Did you mean 'host'?")
  })

  it('a method of every object is no option either', () => {
    expect(() => new EventLoop({ toString: () => 'me' } as { host?: VirtualHost })).toThrow("new EventLoop() has no option 'toString'. It has host, debug, logger")
  })
})

describe('the name that was probably meant', () => {
  it('is the nearest of those that are like it, and of two as near the first', () => {
    expect([closest('timeou', ['timeout', 'timers']), closest('timeou', ['timers', 'timeout']), closest('slice', ['slide', 'spice'])])
      .toEqual(['timeout', 'timeout', 'slide'])
  })
})
