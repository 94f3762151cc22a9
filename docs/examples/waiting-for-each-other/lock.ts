// A lock: nobody else reads the balance until the new one is written
import { Lock, VirtualHost, gather, run, sleep, use } from 'yieldfrom'

const account = { balance: 0 }

function* deposit(name: string, amount: number, lock: Lock) {
  yield* use(lock, function* () {
    const { balance } = account
    console.log(name, 'reads', balance)
    yield* sleep(1000)
    account.balance = balance + amount
    console.log(name, 'writes', account.balance)
  })
}

function* main() {
  const lock = new Lock()
  yield* gather([deposit('Ann', 10, lock), deposit('Ben', 20, lock), deposit('Cem', 30, lock)])
  console.log('in the end', account.balance)
}

run(main(), { host: new VirtualHost() })
