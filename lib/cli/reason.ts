import type { StudyEvent } from '../study/event.ts'

/** Why something happens: the rule behind it, for whoever has answered something else. */
const REASONS: Partial<Record<StudyEvent['kind'], (event: StudyEvent) => string>> = {
  send: ({ parent }) => parent === null ? 'a value that is sent becomes the value of the yield at which the generator stands.'
    : 'what is sent goes past all that delegate, to the yield of the innermost generator.',
  answer: () => 'the yield* that waited has got its answer, and the generator goes on behind it.',
  result: () => 'a yield* has the value that its delegate returns.',
  throw: ({ parent }) => parent === null ? 'an error that is thrown in is raised at the yield at which the generator stands.'
    : 'an error that is thrown in is raised at the yield of the innermost generator.',
  fail: () => 'an error that ends a delegate comes out at the yield* of the one that delegates.',
  yield: ({ parent }) => parent === null ? 'the generator runs up to its next yield, and gives its value to whoever resumed it.'
    : 'a yield gives its value past all that delegate, to whoever resumed the outermost generator.',
  emit: () => 'a value that is emitted goes to who loops over the generator, and not to the loop of events.',
  delegate: () => 'yield* hands the work over: the generator stands still until its delegate has ended.',
  return: ({ parent }) => parent === null ? 'its body has come to an end, so whoever resumed it sees done: true.'
    : 'its body has come to an end, so the one that delegates to it gets its value.',
  raise: () => 'nothing in its body catches the error, so the error ends the generator.',
  close: () => 'return(), a break, or the end of a loop closes the generator at the yield where it stands.',
  catch: () => 'the yield stands inside of a try with a catch.',
  finally: () => 'a finally runs however its try is left: at its end, by a return, by an error, or by a close.',
  suspend: () => 'what it asks for is not there yet, so it waits, and others may run.',
  switch: ({ why }) => why === 'throw' ? 'throw() goes to another greenlet, and raises an error where that one stands.' : 'switch() says who goes on, and nobody returns to anybody.',
  task: () => 'making a task puts it into the queue. It begins in a later turn.',
  done: () => 'a task is done when its coroutine has ended.',
  cancel: () => 'cancel() only asks. The error is raised in a later turn, where the task waits.',
  output: () => 'the program runs on, up to where something stops it.',
}

/** @returns a sentence; empty where there is nothing to say. */
export function reasonFor(event: StudyEvent): string { return REASONS[event.kind]?.(event) ?? '' }
