/** An end of a channel is closed while tasks wait at it or at the other end. */
import {
  BrokenResourceError, type Coroutine, EndOfChannel, type Receiver, type Sender, TaskGroup, channel, forEach, sleep,
  use,
} from '../../../lib/index.ts'
import { type Programs, table } from '../programs.ts'
import { look } from './support/ends.ts'
import { attempt, ending, later, run } from './support/world.ts'

export const programs: Programs = {
  'a sender is closed while it waits'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(later(5, () => { sender.close() }))
        yield* ending(log, 'send', sender.send('value'))
      })
      attempt(log, 'receive', () => receiver.receiveNowait())
    })
  },

  'a receiver is closed while it waits'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(later(5, () => { receiver.close() }))
        yield* ending(log, 'receive', receiver.receive())
      })
      attempt(log, 'send', () => { sender.sendNowait('value') })
    })
  },

  'the last sender is closed while a receiver waits'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)
      const other = sender.clone()
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(later(3, () => { sender.close() }))
        group.createTask(later(6, () => { other.close() }))
        yield* ending(log, 'receive', receiver.receive())
      })
    })
  },

  'the last receiver is closed while a sender waits'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)
      const other = receiver.clone()
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(later(3, () => { receiver.close() }))
        group.createTask(later(6, () => { other.close() }))
        yield* ending(log, 'send', sender.send('value'))
      })
    })
  },

  'one of several waiting senders is closed, the others continue waiting'(log) {
    function* send(name: string, end: Sender<string>, begin: number) {
      yield* sleep(begin)
      yield* ending(log, name, end.send(name))
    }

    run(function* () {
      const [sender, receiver] = channel<string>(0)
      const clone = sender.clone()
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(send('a', sender, 0))
        group.createTask(send('b', clone, 1))
        group.createTask(send('c', sender, 2))
        yield* sleep(5)
        clone.close()
        yield* sleep(1)
        log('received', receiver.receiveNowait())
        yield* sleep(1)
        log('received', receiver.receiveNowait())
        yield* sleep(1)
        attempt(log, 'receive', () => receiver.receiveNowait())
      })
    })
  },

  'one of several waiting receivers is closed, the others continue waiting'(log) {
    function* receive(name: string, end: Receiver<number>, begin: number) {
      yield* sleep(begin)
      yield* ending(log, name, end.receive())
    }

    run(function* () {
      const [sender, receiver] = channel<number>(0)
      const clone = receiver.clone()
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(receive('a', receiver, 0))
        group.createTask(receive('b', clone, 1))
        group.createTask(receive('c', receiver, 2))
        yield* sleep(5)
        clone.close()
        for (const value of [1, 2]) {
          yield* sleep(1)
          sender.sendNowait(value)
        }
        yield* sleep(1)
        attempt(log, 'send', () => { sender.sendNowait(3) })
      })
    })
  },

  'all waiters are told that the other end is closed'(log) {
    const ended: string[] = []

    function* receive(name: string, receiver: Receiver<string>) {
      try {
        yield* receiver.receive()
      } catch (error) {
        if (error instanceof EndOfChannel) ended.push(name)
      }
    }

    function* send(name: string, sender: Sender<string>) {
      try {
        yield* sender.send(name)
      } catch (error) {
        if (error instanceof BrokenResourceError) ended.push(name)
      }
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const [sender, receiver] = channel<string>(0)
        for (const name of 'ab') group.createTask(receive(name, receiver))
        const [otherSender, otherReceiver] = channel<string>(0)
        for (const name of 'cd') group.createTask(send(name, otherSender))
        yield* sleep(5)
        sender.close()
        otherReceiver.close()
        yield* sleep(1)
        log(ended.sort())
      })
    })
  },

  'a sender waits at a full channel, and the receiver is closed: nothing is left'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(1)
      sender.sendNowait('in it')
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(later(5, () => { receiver.close() }))
        yield* ending(log, 'send', sender.send('waits'))
      })
      look(log, sender, receiver)
    })
  },

  'a sender waits, another one is closed: the value arrives, and then the end'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)
      const clone = sender.clone()

      function* send() {
        yield* ending(log, 'send', sender.send('value'))
        sender.close()
      }

      yield* use(new TaskGroup(), function* (group) {
        group.createTask(send())
        yield* sleep(5)
        clone.close()
        log('received', receiver.receiveNowait())
        yield* ending(log, 'receive', receiver.receive())
      })
    })
  },

  'closed in the moment after the value was taken: it was sent'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(ending(log, 'send', sender.send('value')))
        yield* sleep(5)
        log('received', receiver.receiveNowait())
        sender.close()
        receiver.close()
      })
    })
  },

  'closed in the moment after the value was given: it was received'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(0)
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(ending(log, 'receive', receiver.receive()))
        yield* sleep(5)
        sender.sendNowait('value')
        receiver.close()
        sender.close()
      })
    })
  },

  ...table<{ name: string, wait: (sender: Sender<string>, receiver: Receiver<string>) => Coroutine<unknown> }>({
    'a receiver waits, and both ends are closed at once: the first counts': {
      name: 'receive', wait: (_, receiver) => receiver.receive(),
    },
    'a sender waits, and both ends are closed at once: the first counts': {
      name: 'send', wait: sender => sender.send('value'),
    },
  }, (log, { name, wait }) => {
    run(function* () {
      for (const senderFirst of [true, false]) {
        const [sender, receiver] = channel<string>(0)
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(ending(log, name, wait(sender, receiver)))
          yield* sleep(5)
          for (const end of senderFirst ? [sender, receiver] : [receiver, sender]) end.close()
        })
      }
    })
  }),

  'an iteration whose receiver is closed by somebody else'(log) {
    function* consume(receiver: Receiver<string>) {
      yield* forEach(receiver, function* (value) { log(value) })
    }

    run(function* () {
      const [sender, receiver] = channel<string>(5)
      sender.sendNowait('a')
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(later(5, () => { receiver.close() }))
        yield* ending(log, 'iteration', consume(receiver))
      })
    })
  },

  'an iteration whose receiver is closed in its body'(log) {
    function* consume(receiver: Receiver<string>): Coroutine<void> {
      yield* forEach(receiver, function* (value) {
        log(value)
        receiver.close()
      })
    }

    run(function* () {
      const [sender, receiver] = channel<string>(5)
      sender.sendNowait('a')
      sender.sendNowait('b')
      yield* ending(log, 'iteration', consume(receiver))
    })
  },
}
