// A task group: when one of its tasks fails, the others are cancelled, and the errors come together
import { CancelledError, ExceptionGroup, TaskGroup, ValueError, VirtualHost, run, sleep, use } from 'yieldfrom'

function* brew(name: string, seconds: number) {
  try {
    yield* sleep(seconds * 1000)
    console.log(name, 'is ready')
  } catch (e) {
    if (!(e instanceof CancelledError)) throw e
    console.log(name, 'is cancelled')
    throw e
  }
}

function* toast(seconds: number) {
  yield* sleep(seconds * 1000)
  throw new ValueError('the toast is burnt')
}

function* main() {
  try {
    yield* use(new TaskGroup(), function* (group) {
      group.createTask(brew('tea', 1))
      group.createTask(brew('coffee', 3))
      group.createTask(toast(2))
      console.log('all have begun')
    })
  } catch (e) {
    if (!(e instanceof ExceptionGroup)) throw e
    console.log(e.message)
    const [burnt, rest] = e.split(ValueError)
    for (const error of burnt?.errors ?? []) {
      console.log('caught:', (error as Error).message)
    }
    if (rest !== null) throw rest
  }
}

run(main(), { host: new VirtualHost() })
