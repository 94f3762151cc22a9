// What stands in the reference, under which name, and under which topic.
import { Comment, CommentTag, ReflectionKind } from 'typedoc'
import { doors } from '../doors.mjs'

/** The topic of a name, by the folder of lib/ in which it is written. The first that fits counts. */
const TOPICS = [
  ['run/', 'Run'], ['task/owner', 'Owners, clocks and ticks'], ['task/', 'Tasks and futures'], ['group/', 'Several at a time'],
  ['scope/', 'Limits and cleanup'], ['sync/', 'Locks and their kin'], ['queue/', 'Queues and channels'], ['iteration/', 'Streams'], ['streams/', 'Streams'],
  ['greenlet/', 'Greenlets'], ['generator/', 'Generators and coroutines'], ['context/', 'Context variables'],
  ['loop/', 'Loops and hosts'], ['host/', 'Loops and hosts'],
  ['clock/', 'Owners, clocks and ticks'], ['tick/', 'Owners, clocks and ticks'], ['replay/', 'Owners, clocks and ticks'], ['frame/', 'Frames and actions'],
  ['inspect/', 'Who waits for whom'], ['testing/', 'Tests'],
  ['node/net/', 'Sockets'], ['node/http/', 'HTTP'], ['node/files/', 'Files'], ['node/process/', 'Processes'], ['node/executor/', 'Executors'],
  ['node/thread/', 'Threads'], ['node/', 'Loops of Node'],
  ['transport/', 'Transports and protocols'], ['base/', 'Errors'], ['', 'Other'],
]

/** In what a search finds, a page stands before what only mentions the word, and a program behind it. */
const PAGE_BOOST = 4
const PROGRAM_BOOST = 0.5

/** A page is called by its first heading. A README in another language has the heading of the README, and is called by its language. */
export function nameDocument(document) {
  const path = document.project.files.getReflectionPath(document)
  const text = document.content.map(part => part.text).join('')
  const heading = /^# (.*)$/m.exec(text)[1].replaceAll('`', '')
  const [, language] = /\.([a-z]{2})\.md$/.exec(path) ?? []
  document.name = language === undefined ? heading : new Intl.DisplayNames([language], { type: 'language' }).of(language)
  document.relevanceBoost = path.endsWith('.program.md') ? PROGRAM_BOOST : PAGE_BOOST
}

/** A module is called as it is imported. */
export function nameDoor(declaration) {
  if (!declaration.kindOf(ReflectionKind.Module)) return
  const door = doors.find(({ path }) => path === declaration.name || path === `${declaration.name}/index`)
  if (door !== undefined) declaration.name = door.name
}

/** What begins with `$` is public to the compiler alone. */
export function withoutInternals(project) {
  for (const reflection of project.getReflectionsByKind(ReflectionKind.All)) {
    if (reflection.name.startsWith('$')) project.removeReflection(reflection)
  }
}

/** What a door only passes on from another is found there. */
export function withoutReferences(event) {
  for (let i = event.searchResults.length - 1; i >= 0; i--) if (event.searchResults[i].isReference()) event.removeResult(i)
}

/** The topics, in the order in which they are shown. */
export const topicOrder = Array.from(new Set(TOPICS.map(([, topic]) => topic)))

/** Each name of a door gets a topic. A door with one topic gets none. */
export function topics(project) {
  for (const door of project.getChildrenByKind(ReflectionKind.Module)) {
    const named = (door.children ?? []).map(child => [child, topicOf(child)])
    if (new Set(named.map(([, topic]) => topic)).size < 2) continue
    for (const [child, topic] of named) {
      for (const { comment } of child.signatures ?? []) if (comment !== undefined) add(comment, topic)
      if (child.signatures === undefined) add(child.comment ??= new Comment(), topic)
    }
  }
}

function add(comment, topic) { comment.blockTags.push(new CommentTag('@category', [{ kind: 'text', text: topic }])) }

function topicOf(reflection) {
  const file = reflection.project.getSymbolIdFromReflection?.(reflection)?.fileName ?? ''
  const path = file.slice(file.lastIndexOf('/lib/') + '/lib/'.length)
  return TOPICS.find(([folder]) => path.startsWith(folder))[1]
}
