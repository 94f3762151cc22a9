/**
 * The door `yieldfrom/study`: what `watch()` tells is written down, and shown as lines, sentences, pictures and pages.
 * @module
 */
export { type EventKind, type FrameView, type SwitchView, type WatchEvent, type Watcher, watch } from '../generator/watch.ts'
export type { StudyEvent, StudyKind } from './event.ts'
export { Recorder, type RecorderOptions } from './recorder.ts'
export { type LiveFrame, type Moment, Moments } from './moments.ts'
export { marbles, type MarblesOptions } from './marbles.ts'
export { sentences } from './sentences.ts'
export { toChromeTrace } from './chrome-trace.ts'
export { toMermaid } from './mermaid.ts'
export { toSVG } from './svg.ts'
export { toHTML, type PageOptions } from './html.ts'
export { type Twin, type TwinEvent } from './twin.ts'
