// The playground: an editor, a worker that runs the program and can be stopped, what it prints, and the page of `yieldfrom html`.
import groups from 'groups'
import worker from 'worker'
import { toHTML } from '../../lib/study/html.ts'
import { makeEditor } from './editor.mjs'
import { packed, unpacked } from './share.mjs'
import { FILE, MOST_EVENTS } from './told.mjs'

const $ = id => document.getElementById(id)
const editor = makeEditor($('editor'), { onRun: run, onEdit: () => { editor.mark(null) } })

/** What runs now: its worker, and what it has told so far. `null` when nothing does. */
let running = null
/** The program that has run last. While the editor shows it, it marks the lines of the timeline. */
let ran = ''
/** The address of the timeline that is shown. */
let shown = null
/** On a small screen the editor is out of sight, so the timeline shows the program, too. */
const small = matchMedia('(max-width: 900px)')

function run() {
  stop()
  editor.mark(null)
  $('printed').replaceChildren()
  const address = URL.createObjectURL(new Blob([worker], { type: 'text/javascript' }))
  const current = { worker: new Worker(address), address, source: editor.text, title: titleNow(), twin: twinNow(), events: [], failed: false }
  running = current
  ran = current.source
  current.worker.onmessage = ({ data }) => { if (running === current) hear(data) }
  current.worker.onerror = ({ message, lineno }) => { hear({ kind: 'failed', text: message, line: lineno || null }) }
  current.worker.postMessage(current.source)
  $('stop').disabled = false
  say('Running…')
}

/** The worker has told something. */
function hear(told) {
  if (told.kind === 'event') running.events.push(told.event)
  else if (told.kind === 'line') print(told.text, told.isError)
  else if (told.kind === 'failed') failed(told)
  else finish(running.failed ? 'Ended with an error.' : 'Ended.')
}

function failed({ text, line }) {
  running.failed = true
  const at = line ?? running.events.filter(({ kind, line: known }) => kind === 'raise' && known !== undefined)[0]?.line ?? null
  print(text, true, at)
  editor.mark(at, text.split('\n')[0])
}

function stop() {
  if (running === null) return
  print('Stopped.', true)
  finish('Stopped.')
}

/** End the worker, and show what it has told. */
function finish(words) {
  const { worker: ended, address, events, source, title, twin } = running
  running = null
  ended.terminate()
  URL.revokeObjectURL(address)
  $('stop').disabled = true
  say(events.length >= MOST_EVENTS ? `${words} The timeline shows the first ${MOST_EVENTS.toLocaleString('en')} events.` : words)
  showTimeline(title, toHTML(events, { title, source: small.matches ? source : '', ...twin === null ? {} : { twin } }))
}

function showTimeline(title, html) {
  const before = shown
  shown = URL.createObjectURL(new Blob([html], { type: 'text/html' }))
  const frame = document.createElement('iframe')
  frame.title = `Timeline of ${title}`
  frame.src = shown
  frame.onload = () => { if (before !== null) URL.revokeObjectURL(before) }
  $('timeline').replaceChildren(frame)
}

// The timeline tells its height, and the lines of the event that it shows.
addEventListener('message', ({ source, data }) => {
  const frame = $('timeline').querySelector('iframe')
  if (source !== frame?.contentWindow) return
  if (data.height !== undefined) frame.style.setProperty('--content', `${String(data.height)}px`)
  else if (ran === editor.text) editor.show(data)
})

function print(text, isError = false, line = null) {
  const entry = document.createElement('div')
  entry.className = isError ? 'error' : ''
  entry.textContent = text
  if (line !== null) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = `Line ${String(line)}`
    button.onclick = () => { editor.goTo(line) }
    entry.prepend(button)
  }
  $('printed').append(entry)
  $('printed').scrollTop = $('printed').scrollHeight
}

function say(words) { $('status').textContent = words }

// Lessons and examples

const programs = groups.flatMap(group => group.programs)
for (const group of groups) {
  const list = document.createElement('optgroup')
  list.label = group.title
  list.append(...group.programs.map(({ name, title }) => new Option(title, name)))
  $('program').append(list)
}

function chosen() { return programs.find(({ name }) => name === $('program').value) }

/** Is the program in the editor the chosen one as it is? */
function unchanged() { return chosen()?.source === editor.text }

function titleNow() { return unchanged() ? `${chosen().name}.ts` : FILE }

function twinNow() { return unchanged() ? chosen().twin : null }

function openChosen() {
  const program = chosen()
  editor.replace(program?.source ?? '')
  history.replaceState(null, '', program === undefined ? '#' : `#open=${program.name}`)
  if (program !== undefined) run()
}

// Links

async function share() {
  const link = unchanged() ? `#open=${chosen().name}` : `#program=${await packed(editor.text)}`
  history.replaceState(null, '', link)
  try {
    await navigator.clipboard.writeText(location.href)
    say('The link is copied. It holds the whole program.')
  } catch {
    say('The link is in the address bar. It holds the whole program.')
  }
}

/** Open what the link names. A program that somebody has sent does not run by itself. */
async function openLink() {
  const [, kind, value] = /^#(open|program)=(.*)$/.exec(location.hash) ?? []
  if (kind !== 'program') {
    $('program').value = programs.some(({ name }) => name === value) ? value : programs[0].name
    openChosen()
    return
  }
  $('program').value = ''
  try {
    editor.replace(await unpacked(value))
    say('A program from a link. Press Run.')
  } catch {
    say('The link is damaged, so its program cannot be shown.')
  }
}

$('run').onclick = run
$('stop').onclick = stop
$('share').onclick = share
$('program').onchange = openChosen
addEventListener('hashchange', openLink)
addEventListener('keydown', event => {
  if (event.key === 'Escape' && running !== null) stop()
  else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.defaultPrevented) run()
})
openLink()
