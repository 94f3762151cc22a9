import {
  BaseException, BrokenBarrierError, BrokenResourceError, ClosedResourceError, EndOfChannel, QueueEmpty, QueueFull,
  QueueShutDown, RuntimeError, WouldBlock,
} from '../../lib/index.ts'

type ErrorClass = new (message?: string, details?: { code?: string; cause?: unknown }) => RuntimeError

const classes: [string, ErrorClass, string][] = [
  ['BrokenBarrierError', BrokenBarrierError, 'BROKEN_BARRIER'],
  ['BrokenResourceError', BrokenResourceError, 'BROKEN'],
  ['ClosedResourceError', ClosedResourceError, 'CLOSED'],
  ['EndOfChannel', EndOfChannel, 'END_OF_CHANNEL'],
  ['QueueEmpty', QueueEmpty, 'QUEUE_EMPTY'],
  ['QueueFull', QueueFull, 'QUEUE_FULL'],
  ['QueueShutDown', QueueShutDown, 'QUEUE_SHUT_DOWN'],
  ['WouldBlock', WouldBlock, 'WOULD_BLOCK'],
]

describe.each(classes)('%s', (name, ErrorClass, code) => {
  it('is an Error with a name and a code, that a handler of whatever went wrong may catch', () => {
    const error = new ErrorClass('words')
    expect([error instanceof Error, error instanceof BaseException, error.name, error.code, String(error)])
      .toEqual([true, false, name, code, `${name}: words`])
    expect([new ErrorClass().message, error instanceof RuntimeError]).toEqual(['', name === 'BrokenBarrierError'])
  })

  it('takes a code of its own and a cause, and lends all but its name to a class that is derived from it', () => {
    class Mine extends ErrorClass {}
    const error = new Mine('words', { code: 'MINE', cause: 5 })
    expect([error.code, error.cause, error.name, error instanceof ErrorClass]).toEqual(['MINE', 5, 'Mine', true])
    expect('cause' in new Mine()).toBe(false)
  })
})
