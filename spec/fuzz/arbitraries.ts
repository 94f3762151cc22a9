import fc from 'fast-check'

/** Some choices more often than others. */
export function often<Choice extends string>(weights: Record<Choice, number>): fc.Arbitrary<Choice> {
  return fc.oneof(...(Object.entries(weights) as [Choice, number][]).map(
    ([choice, weight]) => ({ weight, arbitrary: fc.constant(choice) })))
}
