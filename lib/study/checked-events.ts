import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import type { StudyEvent } from './event.ts'

/** Check that it is what a recorder has recorded. @returns the events. @throws TypeError when it is not. */
export function checkedEvents(what: string, events: readonly StudyEvent[]): readonly StudyEvent[] {
  const given: unknown = events
  const wrong: unknown = Array.isArray(given) ? given.find(event => typeof (Object(event) as Partial<StudyEvent>).kind !== 'string') : given
  if (wrong === undefined && Array.isArray(given)) return events
  throw new ArgumentError(`${what} takes the events of a recorder, not ${describe(wrong)}. Write ${what.slice(0, -1)}recorder.events)`, 'NOT_EVENTS')
}
