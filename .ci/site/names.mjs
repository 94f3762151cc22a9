// What stands in the reference, under which name, and under which topic.
import { Comment, CommentTag, ReflectionKind } from 'typedoc'
import { doors } from '../doors.mjs'

/** The topics of the reference in order, each with the folders of lib/ that belong to it. The longest that fits counts. */
const TOPICS = {
  'Run': ['run'],
  'Tasks and futures': ['task'],
  'Several at a time': ['group'],
  'Limits and cleanup': ['scope'],
  'Locks and their kin': ['sync'],
  'Queues and channels': ['queue'],
  'Streams': ['iteration', 'streams'],
  'Greenlets': ['greenlet'],
  'Generators and coroutines': ['generator'],
  'Context variables': ['context'],
  'Loops and hosts': ['loop', 'host', 'node'],
  'Owners, clocks and ticks': ['task/owner', 'clock', 'tick', 'replay'],
  'Frames and actions': ['frame'],
  'Sockets': ['node/net', 'node/handle'],
  'Transports and protocols': ['transport'],
  'HTTP': ['node/http'],
  'Files': ['node/files'],
  'Processes': ['node/process'],
  'Executors': ['node/executor'],
  'Threads': ['node/thread'],
  'Who waits for whom': ['inspect'],
  'Tests': ['testing'],
  'Errors': ['base', 'node/link', 'node/io'],
}

/** Types that the compiler needs and no program names. What they mean is said where they are used. */
export const UNNAMED = [
  'generator/py-generator.ts:Ruled', 'node/process/create-subprocess.ts:ProcessWith', 'node/io/process.ts:Redirect', 'node/process/process.ts:Read',
  'base/exception-group.ts:AnyErrorClass', 'base/throwable.ts:ErrorClass', 'context/context.ts:Variable', 'frame/action-policies.ts:Reducer',
  'generator/types.ts:Opaque', 'generator/watch.ts:EventOf', 'greenlet/switched.ts:Arrival', 'greenlet/switched.ts:Given', 'greenlet/switched.ts:Taken',
  'group/gather.ts:Results', 'iteration/emit.ts:EmittedBy', 'iteration/emit.ts:SentTo', 'iteration/for-each.ts:LEAVE', 'loop/callbacks.ts:CallbackQueue',
  'loop/handle.ts:Callback', 'loop/loop.ts:Loop', 'loop/reports.ts:ReportingLoop', 'node/io/portable-error.ts:PortableError',
  'node/executor/concurrent-future.ts:Callback', 'node/link/link.ts:ResourceUser', 'streams/flow-control.ts:FlowControl', 'streams/stream-reader.ts:PausableSource',
  'sync/parking-lot.ts:Owner', 'task/task-options.ts:TaskOwner', 'task/task-options.ts:TaskScope', 'transport/protocol.ts:AnyProtocol',
  'transport/transport.ts:TransportUser',
].map(name => `lib/${name}`)

/** In what a search finds, a page stands before what only mentions the word, and a program behind it. */
const PAGE_BOOST = 20
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
  for (const reflection of project.getReflectionsByKind(ReflectionKind.All & ~ReflectionKind.Parameter)) {
    if (reflection.name.startsWith('$')) project.removeReflection(reflection)
  }
}

/** A parameter that is kept, or not used, is marked as such in its name. That is nothing to a reader. */
export function plainParameters(project) {
  for (const parameter of project.getReflectionsByKind(ReflectionKind.Parameter)) parameter.name = parameter.name.replace(/^[$_](?!_)/, '')
}

/** A property that can be set is described where it is read. */
export function describedSetters(project) {
  for (const { getSignature, setSignature } of project.getReflectionsByKind(ReflectionKind.Accessor)) {
    if (setSignature !== undefined) setSignature.comment ??= getSignature?.comment?.clone()
  }
}

/** The parts of a type that is written where it is used need no words of their own: what has the type is described. */
export function describedElsewhere(project) {
  const parts = project.getReflectionsByKind(ReflectionKind.Property | ReflectionKind.CallSignature)
    .filter(part => !part.name.startsWith('__') && !part.hasComment() && ancestors(part).some(({ kind }) => kind === ReflectionKind.TypeLiteral))
    .filter(part => !ancestors(part).some(({ kind }) => kind === ReflectionKind.Parameter)) // typedoc asks for no words there
  return Array.from(new Set(parts.map(part => part.getFriendlyFullName())))
}

function ancestors({ parent }) { return parent === undefined ? [] : [parent, ...ancestors(parent)] }

/** What a door only passes on from another is found there. */
export function withoutReferences(event) {
  for (let i = event.searchResults.length - 1; i >= 0; i--) if (event.searchResults[i].isReference()) event.removeResult(i)
}

/** The topics, in the order in which they are shown. */
export const topicOrder = Object.keys(TOPICS)

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
  const { fileName } = reflection.project.getSymbolIdFromReflection(reflection)
  const path = fileName.slice(fileName.lastIndexOf('/lib/') + '/lib/'.length)
  const fits = folder => path.startsWith(`${folder}/`) ? folder.length : 0
  return Object.entries(TOPICS).map(([topic, folders]) => [topic, Math.max(...folders.map(fits))]).sort((a, b) => b[1] - a[1])[0][0]
}
