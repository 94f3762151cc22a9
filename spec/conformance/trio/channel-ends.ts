/** Each end of a channel can be cloned and closed; the other end is told when the last one is closed. */
import { type Receiver, type Sender, TaskGroup, ValueError, channel, forEach, sleep, use } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { look } from './support/ends.ts'
import { attempt, ending, now, run } from './support/world.ts'

export const programs: Programs = {
  'a closed sender cannot send, and the receiver reaches the end'(log) {
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

  'a clone of a sender is an independent sender'(log) {
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

  'a clone of a receiver is an independent receiver'(log) {
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

  'an end can be cloned after the other is closed'(log) {
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

  'a body closes its end however it ends'(log) {
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

  'producers with clones: the end comes when the last one is closed'(log) {
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

  'consumers with clones: sending is an error when the last one is closed'(log) {
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
