import { checkedCount, checkedFunction, checkedParts } from '../base/checked.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError, ValueError } from '../base/errors.ts'
import { checkOptions } from '../base/options.ts'
import type { Coroutine } from '../generator/types.ts'
import { forEach } from '../iteration/for-each.ts'
import type { Stream } from '../iteration/stream.ts'
import { channel } from '../queue/channel.ts'
import { type Overflow, checkedOverflow } from '../queue/overflow.ts'

/** The options of `fromEventTarget()`. */
export interface EventsOptions {
  /** How many events can wait until the program asks for them. The default is `Infinity`: none is lost. */
  readonly buffer?: number
  /** What happens to an event for which there is no room. It cannot wait. The default is `dropOldest`. */
  readonly overflow?: Exclude<Overflow, 'wait' | 'error'>
}

const EVENTS = { call: "fromEventTarget(target, 'click', { buffer: 10 })", names: ['buffer', 'overflow'] }
const DISPATCHED = { call: "toEventTarget(stream, target, 'price', { make: item => new CustomEvent('price') })", names: ['make'] }

/**
 * Make a stream for `forEach()` of the events of one name: `yield* forEach(fromEventTarget(button, 'click'), function* (event) {...})`.
 * It listens while it is read: from the beginning of `forEach()` until that is left, in whatever way. Each `forEach()` gets all
 * events.
 *
 * The events come later, in a turn of the loop. So to prevent the default of an event, listen to it yourself. For one event, write
 * `waitEvent()`, of `yieldfrom`.
 * @throws TypeError when it is no `EventTarget`, or an option is wrong; ValueError when the buffer has no room.
 */
export function fromEventTarget<E extends Event = Event>(target: EventTarget, type: string, options: EventsOptions = {}): Stream<E> {
  checkTarget('fromEventTarget()', target, type)
  checkOptions(options, EVENTS)
  const { buffer = Infinity, overflow = 'dropOldest' } = options
  if (!(checkedCount('fromEventTarget()', buffer) >= 1)) {
    throw new ValueError('the buffer of fromEventTarget() needs room for one event, or more', { code: 'NO_ROOM' })
  }
  if (['wait', 'error'].includes(checkedOverflow('fromEventTarget()', overflow))) {
    throw new ArgumentError("fromEventTarget() takes { overflow: 'dropOldest' or 'dropNewest' }, because an event cannot wait", 'NOT_A_POLICY')
  }
  return {
    iterate() {
      const [sender, receiver] = channel<E>(buffer, { overflow })
      const events = receiver.iterate()
      const listener = (event: Event): void => { sender.sendNowait(event as E) }
      const leave = (): void => {
        target.removeEventListener(type, listener)
        sender.close() // whoever asks again is told that it is over, after what has come until now
      }
      target.addEventListener(type, listener)
      return {
        *next() {
          try {
            return yield* events.next()
          } catch (error) {
            leave()
            throw error
          }
        },
        *close() { leave() },
      }
    },
  }
}

/**
 * Tell each item of a stream to the listeners of an `EventTarget`: `createTask(toEventTarget(prices, target, 'price'))`. It ends when
 * the stream does.
 * @param options `make` makes the event of an item. The default is a `CustomEvent` with the item as its `detail`.
 * @throws TypeError when it is no `EventTarget`, or an option is wrong; what the stream throws.
 */
export function toEventTarget<T>(
  stream: Stream<T>, target: EventTarget, type: string, options: { readonly make?: (item: T) => Event } = {},
): Coroutine<void> {
  checkTarget('toEventTarget()', target, type)
  checkOptions(options, DISPATCHED)
  return dispatch(stream, target, checkedFunction('toEventTarget()', options.make ?? (detail => new CustomEvent(type, { detail }))))
}

function* dispatch<T>(stream: Stream<T>, target: EventTarget, make: (item: T) => Event): Coroutine<void> {
  yield* forEach(stream, function* (item) {
    target.dispatchEvent(checkedParts('toEventTarget(), for what make() returns,', 'an Event', make(item), 'type', 'defaultPrevented'))
  })
}

function checkTarget(what: string, target: unknown, type: unknown): void {
  const { addEventListener, dispatchEvent } = Object(target) as Partial<EventTarget>
  if (typeof addEventListener !== 'function' || typeof dispatchEvent !== 'function') {
    throw new ArgumentError(`${what} takes an EventTarget, not ${describe(target)}`, 'NOT_AN_EVENT_TARGET')
  }
  if (typeof type !== 'string') throw new ArgumentError(`${what} takes the name of the event, not ${describe(type)}`, 'NOT_A_NAME')
}
