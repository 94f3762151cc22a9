// A trampoline in thirty lines: generators yield the calls that they want made, and none stands on another
type Call = Generator<unknown, number, number>

function* sum(n: number): Call {
  if (n < 0) throw new Error('too far')
  return n === 0 ? 0 : n + (yield sum(n - 1))
}

function* careful(n: number): Call {
  try {
    return yield sum(n)
  } catch {
    return -1
  }
}

function bounce(first: Call): number {
  const stack: Call[] = []
  let call = first
  let resume = (): IteratorResult<unknown, number> => call.next(0)
  for (;;) {
    try {
      const { value, done } = resume()
      if (done === true) { // it has returned: its caller goes on with the value
        const caller = stack.pop()
        if (caller === undefined) return value
        call = caller
        resume = () => call.next(value)
      } else { // it wants a call
        stack.push(call)
        call = value as Call
        resume = () => call.next(0)
      }
    } catch (error) { // it has failed: the error is its caller's
      const caller = stack.pop()
      if (caller === undefined) throw error
      call = caller
      resume = () => call.throw(error)
    }
  }
}

console.log(bounce(sum(2)))
console.log(bounce(careful(-1)))

export {}
