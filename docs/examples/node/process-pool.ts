// Work for the processor, in a pool of processes; from the note on kinds of coroutines
import { ProcessPoolExecutor } from 'yieldfrom/node'

function func(value: number) {
  let sum = 0
  for (let i = 0; i < value * 1000; i++) sum += i
  return sum
}

const pool = new ProcessPoolExecutor({ maxWorkers: 2 })
console.log([...pool.map(func, [1, 2, 3, 4, 5])].join(' '))
pool.shutdown()
