/** A channel passes values from a sender to a receiver, with room for some in between. */
import {
  BREAK, type Coroutine, type Receiver, type Sender, TaskGroup, ValueError, channel, forEach, sleep, use,
} from '../../../lib/index.ts'
import type { Log, Programs } from '../programs.ts'
import { attempt, ending, later, now, run } from './support/world.ts'

/** From a moment on, send values, and tell when each has gone. */
function* put<T>(log: Log, sender: Sender<T>, begin: number, ...values: T[]): Coroutine<void> {
  yield* sleep(begin)
  for (const value of values) {
    yield* sender.send(value)
    log('sent', value, 'at', now())
  }
}

/** From a moment on, receive so many values. */
function* take(log: Log, name: string, receiver: Receiver<unknown>, begin: number, count = 1): Coroutine<void> {
  yield* sleep(begin)
  for (let i = 0; i < count; i++) log(name, 'gets', yield* receiver.receive(), 'at', now())
}

export const programs: Programs = {
  'without room, a value waits for a receiver'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(put(log, sender, 0, 'value'))
        yield* sleep(5)
        attempt(log, 'one more', () => { sender.sendNowait('more') })
        log('received', receiver.receiveNowait())
        yield* sleep(1)
        attempt(log, 'nothing', () => receiver.receiveNowait())
      })
    })
  },

  'without room, a receiver waits for a value'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(take(log, 'a', receiver, 0))
        yield* sleep(5)
        attempt(log, 'send', () => { sender.sendNowait('value') })
        attempt(log, 'again', () => { sender.sendNowait('more') })
      })
    })
  },

  'with room, that many values wait in the channel'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(2)
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(put(log, sender, 0, 'a', 'b', 'c', 'd'))
        for (let begin = 5; begin < 9; begin++) {
          yield* sleep(begin - now())
          log('received', receiver.receiveNowait(), 'at', now())
        }
      })
    })
  },

  'with room for all, nobody waits to send'(log) {
    run(function* () {
      const [sender, receiver] = channel<number>(Infinity)
      for (let i = 0; i < 1000; i++) sender.sendNowait(i)
      let total = 0
      for (let i = 0; i < 1000; i++) total += receiver.receiveNowait()
      log(total)
      attempt(log, 'nothing', () => receiver.receiveNowait())
    })
  },

  'without waiting'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(1)
      attempt(log, 'receive', () => receiver.receiveNowait())
      attempt(log, 'send', () => { sender.sendNowait('a') })
      attempt(log, 'send', () => { sender.sendNowait('b') })
      attempt(log, 'receive', () => receiver.receiveNowait())
      attempt(log, 'receive', () => receiver.receiveNowait())
      attempt(log, 'send', () => { sender.sendNowait('c') })
      attempt(log, 'receive', () => receiver.receiveNowait())
    })
  },

  'receivers get values in the order in which they came'(log) {
    run(function* () {
      const [sender, receiver] = channel<number>(0)
      yield* use(new TaskGroup(), function* (group) {
        Array.from('abc').forEach((name, i) => group.createTask(take(log, name, receiver, i)))
        yield* sleep(5)
        for (const value of [1, 2, 3]) {
          yield* sender.send(value)
          yield* sleep(1)
        }
      })
    })
  },

  'senders give values in the order in which they came'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)
      yield* use(new TaskGroup(), function* (group) {
        Array.from('abc').forEach((name, i) => group.createTask(put(log, sender, i, name)))
        yield* sleep(5)
        for (let i = 0; i < 3; i++) {
          log('received', receiver.receiveNowait())
          yield* sleep(1)
        }
      })
    })
  },

  'the values in the channel go before those of waiting senders'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(2)
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(put(log, sender, 0, 'a', 'b'))
        group.createTask(put(log, sender, 1, 'c'))
        group.createTask(put(log, sender, 2, 'd'))
        yield* sleep(5)
        for (let i = 0; i < 4; i++) {
          log('received', receiver.receiveNowait())
          yield* sleep(1)
        }
        attempt(log, 'nothing', () => receiver.receiveNowait())
      })
    })
  },

  'a value taken out makes room for the first waiting sender, not for one that comes along'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(1)
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(put(log, sender, 0, 'a', 'b'))
        yield* sleep(5)
        log('received', receiver.receiveNowait())
        attempt(log, 'mine', () => { sender.sendNowait('mine') })
        yield* sleep(1)
        log('received', receiver.receiveNowait())
        attempt(log, 'mine', () => { sender.sendNowait('mine') })
        log('received', receiver.receiveNowait())
      })
    })
  },

  'a value sent goes to the first waiting receiver, not to one that comes along'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(5)
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(take(log, 'a', receiver, 0))
        yield* sleep(5)
        sender.sendNowait('value')
        attempt(log, 'mine', () => receiver.receiveNowait())
        sender.sendNowait('more')
        attempt(log, 'mine', () => receiver.receiveNowait())
      })
    })
  },

  'false values are values too'(log) {
    run(function* () {
      const [sender, receiver] = channel<unknown>(5)
      for (const value of [undefined, false, 0, '']) yield* sender.send(value)
      log((yield* receiver.receive()) === undefined, yield* receiver.receive(), yield* receiver.receive(),
        (yield* receiver.receive()) === '')
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(take(log, 'waiter', receiver, 0))
        yield* sleep(1)
        sender.sendNowait(undefined)
      })
    })
  },

  'two channels: question and answer'(log) {
    function* server(questions: Receiver<number>, answers: Sender<number>) {
      yield* forEach(questions, function* (question) {
        yield* sleep(2)
        yield* answers.send(question * 2)
      })
    }

    run(function* () {
      const [ask, questions] = channel<number>(0)
      const [answers, hear] = channel<number>(0)
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(server(questions, answers))
        for (let i = 0; i < 3; i++) {
          yield* ask.send(i)
          log(yield* hear.receive(), 'at', now())
        }
        ask.close()
      })
    })
  },

  'a chain of channels'(log) {
    function* stage(receiver: Receiver<number>, sender: Sender<number>) {
      yield* use(sender, function* () {
        yield* forEach(receiver, function* (value) {
          yield* sleep(1)
          yield* sender.send(value + 1)
        })
      })
    }

    function* feed(sender: Sender<number>) {
      yield* use(sender, function* () {
        for (const value of [10, 20, 30]) yield* sender.send(value)
      })
    }

    run(function* () {
      const [first, second] = channel<number>(0)
      yield* use(new TaskGroup(), function* (group) {
        let receiver = second
        for (let i = 0; i < 5; i++) {
          const [sender, end] = channel<number>(0)
          group.createTask(stage(receiver, sender))
          receiver = end
        }
        group.createTask(feed(first))
        yield* forEach(receiver, function* (value) { log(value, 'at', now()) })
      })
    })
  },

  'iteration takes what is left when the sender is closed, and then ends'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(5)
      for (const value of 'abc') sender.sendNowait(value)
      sender.close()
      if (yield* forEach(receiver, function* (value) { log(value) })) log('the end')
      if (yield* forEach(receiver, function* () { log('never') })) log('the end, again')
    })
  },

  'iteration waits for values'(log) {
    run(function* () {
      const [sender, receiver] = channel<number>(0)

      function* produce() {
        yield* use(sender, function* () {
          for (let i = 0; i < 3; i++) {
            yield* sleep(2)
            yield* sender.send(i)
          }
          yield* sleep(2)
        })
      }

      yield* use(new TaskGroup(), function* (group) {
        group.createTask(produce())
        yield* forEach(receiver, function* (value) { log(value, 'at', now()) })
        log('the end at', now())
      })
    })
  },

  'an iteration that is left early leaves the rest, and the channel open'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(5)
      for (const value of 'abcd') sender.sendNowait(value)
      yield* forEach(receiver, function* (value) {
        log(value)
        return value === 'b' ? BREAK : undefined
      })
      log('then', receiver.receiveNowait())
      yield* forEach(receiver, function* (value) {
        log(value)
        return BREAK
      })
      attempt(log, 'nothing', () => receiver.receiveNowait())
    })
  },

  'an error in the body of an iteration'(log) {
    function* consume(receiver: Receiver<string>) {
      yield* forEach(receiver, function* (value) {
        if (value === 'b') throw new ValueError()
        log(value)
      })
    }

    run(function* () {
      const [sender, receiver] = channel<string>(5)
      for (const value of 'abc') sender.sendNowait(value)
      yield* ending(log, 'iteration', consume(receiver))
      log('then', receiver.receiveNowait())
    })
  },

  'several iterations: each value goes to one of them'(log) {
    function* consume(name: string, receiver: Receiver<number>, begin: number) {
      yield* sleep(begin)
      yield* forEach(receiver, function* (value) {
        log(name, 'gets', value, 'at', now())
        yield* sleep(5)
      })
      ended.push(name)
    }

    const ended: string[] = []
    run(function* () {
      const [sender, receiver] = channel<number>(0)
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(consume('a', receiver, 0))
        group.createTask(consume('b', receiver, 1))
        yield* sleep(2)
        for (let value = 0; value < 6; value++) {
          yield* sender.send(value)
          yield* sleep(2)
        }
        yield* sleep(10)
        group.createTask(later(3, () => { sender.close() }))
        yield* ending(log, 'main', receiver.receive())
      })
      log(ended.sort())
    })
  },

  'what is not a size'(log) {
    for (const size of [-1, -5, 1.5, 'two', 0, 3, Infinity]) {
      attempt(log, size === Infinity ? 'inf' : `${size}`, () => channel(size as number).length)
    }
  },
}
