/** The ends of a channel: cloned, closed, and closed while others wait. */
import {
  BrokenResourceError, type Coroutine, EndOfChannel, type Receiver, type Sender, TaskGroup, ValueError, channel,
  forEach, sleep, use,
} from '../../../lib/index.ts'
import type { Log, Programs } from '../programs.ts'
import { attempt, ending, later, now, run } from './support/world.ts'

function look(log: Log, sender: Sender<string>, receiver: Receiver<string>): void {
  attempt(log, 'send', () => { sender.sendNowait('value') })
  attempt(log, 'receive', () => receiver.receiveNowait())
}

export const programs: Programs = {
  'a closed sender cannot send, and the receiver comes to the end'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(5)
      sender.sendNowait('last')
      sender.close()
      attempt(log, 'send', () => { sender.sendNowait('more') })
      yield* ending(log, 'send', sender.send('more'))
      for (let i = 0; i < 3; i++) yield* ending(log, 'receive', receiver.receive())
      attempt(log, 'receive', () => receiver.receiveNowait())
    })
  },

  'a closed receiver cannot receive, and sending is an error'(log) {
    run(function* () {
      const [sender, receiver] = channel<string>(5)
      sender.sendNowait('lost')
      receiver.close()
      attempt(log, 'receive', () => receiver.receiveNowait())
      yield* ending(log, 'receive', receiver.receive())
      attempt(log, 'send', () => { sender.sendNowait('more') })
      yield* ending(log, 'send', sender.send('more'))
    })
  },

  'both closed'(log) {
    const [sender, receiver] = channel<string>(5)
    sender.close()
    receiver.close()
    look(log, sender, receiver)
    const [other, otherReceiver] = channel<string>(5)
    otherReceiver.close()
    other.close()
    look(log, other, otherReceiver)
  },

  'closing twice does nothing'(log) {
    const [sender, receiver] = channel<string>(5)
    const other = sender.clone()
    sender.close()
    sender.close()
    attempt(log, 'send', () => { other.sendNowait('value') })
    const twin = receiver.clone()
    receiver.close()
    receiver.close()
    attempt(log, 'receive', () => twin.receiveNowait())
    attempt(log, 'receive', () => twin.receiveNowait())
  },

  'a clone of a sender is a sender of its own'(log) {
    const [sender, receiver] = channel<string>(5)
    const clone = sender.clone()
    sender.close()
    attempt(log, 'the first', () => { sender.sendNowait('a') })
    attempt(log, 'the clone', () => { clone.sendNowait('b') })
    attempt(log, 'receive', () => receiver.receiveNowait())
    attempt(log, 'receive', () => receiver.receiveNowait())
    clone.close()
    attempt(log, 'receive', () => receiver.receiveNowait())
  },

  'a clone of a receiver is a receiver of its own'(log) {
    const [sender, receiver] = channel<string>(5)
    const clone = receiver.clone()
    sender.sendNowait('a')
    receiver.close()
    attempt(log, 'the first', () => receiver.receiveNowait())
    attempt(log, 'the clone', () => clone.receiveNowait())
    attempt(log, 'send', () => { sender.sendNowait('b') })
    clone.close()
    attempt(log, 'send', () => { sender.sendNowait('c') })
  },

  'a closed end cannot be cloned'(log) {
    const [sender, receiver] = channel<string>(5)
    sender.close()
    receiver.close()
    attempt(log, 'sender', () => sender.clone())
    attempt(log, 'receiver', () => receiver.clone())
  },

  'an end can be cloned when the other is closed'(log) {
    const [lonely, closed] = channel<string>(5)
    closed.close()
    const sender = lonely.clone()
    attempt(log, 'send', () => { sender.sendNowait('value') })
    const [other, first] = channel<string>(5)
    other.sendNowait('value')
    other.close()
    const receiver = first.clone()
    attempt(log, 'receive', () => receiver.receiveNowait())
    attempt(log, 'receive', () => receiver.receiveNowait())
  },

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

  'one of several senders that wait is closed, the others go on waiting'(log) {
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

  'one of several receivers that wait is closed, the others go on waiting'(log) {
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

  'all that wait hear that the other end is closed'(log) {
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

  'a sender waits with a full channel, and the receiver is closed: nothing is left of it'(log) {
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

  'a sender waits, another one is closed: its value comes, and then the end'(log) {
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

  'closed in the moment after the value has gone: it has gone'(log) {
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

  'closed in the moment after the value has come: it has come'(log) {
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

  'a receiver waits, and both ends are closed at once: the first counts'(log) {
    run(function* () {
      for (const senderFirst of [true, false]) {
        const [sender, receiver] = channel<string>(0)
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(ending(log, 'receive', receiver.receive()))
          yield* sleep(5)
          for (const end of senderFirst ? [sender, receiver] : [receiver, sender]) end.close()
        })
      }
    })
  },

  'a sender waits, and both ends are closed at once: the first counts'(log) {
    run(function* () {
      for (const senderFirst of [true, false]) {
        const [sender, receiver] = channel<string>(0)
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(ending(log, 'send', sender.send('value')))
          yield* sleep(5)
          for (const end of senderFirst ? [sender, receiver] : [receiver, sender]) end.close()
        })
      }
    })
  },

  'closed by a body, however that ends'(log) {
    function* fail(end: Receiver<string>) {
      yield* use(end, function* () { throw new ValueError() })
    }

    run(function* () {
      const [sender, receiver] = channel<string>(5)
      yield* use(sender, function* () { sender.sendNowait('value') })
      attempt(log, 'send', () => { sender.sendNowait('more') })
      yield* ending(log, 'body', fail(receiver))
      attempt(log, 'receive', () => receiver.receiveNowait())
    })
  },

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

  'producers with clones: the end comes when the last has closed its own'(log) {
    function* produce(sender: Sender<string>, name: string, time: number) {
      yield* use(sender, function* () {
        for (let i = 0; i < 2; i++) {
          yield* sleep(time)
          yield* sender.send(`${name}${i}`)
        }
      })
    }

    run(function* () {
      const [sender, receiver] = channel<string>(0)
      yield* use(new TaskGroup(), function* (group) {
        yield* use(sender, function* () {
          for (const [name, time] of Object.entries({ a: 3, b: 5, c: 7 })) {
            group.createTask(produce(sender.clone(), name, time))
          }
        })
        yield* forEach(receiver, function* (value) { log(value, 'at', now()) })
        log('the end at', now())
      })
    })
  },

  'consumers with clones: sending is an error when the last has closed its own'(log) {
    function* consume(receiver: Receiver<number>, name: string, count: number, begin: number) {
      yield* sleep(begin)
      yield* use(receiver, function* () {
        for (let i = 0; i < count; i++) log(name, 'gets', yield* receiver.receive())
      })
    }

    function* produce(sender: Sender<number>) {
      yield* sleep(2)
      for (let i = 0; i < 10; i++) {
        yield* sender.send(i)
        yield* sleep(2)
      }
    }

    run(function* () {
      const [sender, receiver] = channel<number>(0)
      yield* use(new TaskGroup(), function* (group) {
        yield* use(receiver, function* () {
          group.createTask(consume(receiver.clone(), 'a', 1, 0))
          group.createTask(consume(receiver.clone(), 'b', 3, 1))
        })
        yield* ending(log, 'produce', produce(sender))
      })
    })
  },
}
