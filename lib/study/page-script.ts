import { COST } from './page-cost.ts'

/**
 * The program of the page, which runs in a browser. It knows nothing of the library but the data of the recording. `showSource`
 * marks the line that runs, and `go` moves to another event. A page that shows this one inside of itself is told its height, the line
 * that runs, and the lines of suspended generators.
 */
export const SCRIPT = String.raw`
'use strict';
(() => {
const $ = id => document.getElementById(id)
const { events, words, source, twin } = JSON.parse($('data').textContent)
const reduced = matchMedia('(prefers-reduced-motion: reduce)')
const lanes = [], laneOf = new Map(), isTaken = events.some(e => e.frame === 'main')
const RUNS = ['enter', 'send', 'answer', 'result', 'throw', 'fail', 'catch', 'finally']
const running = new Map(), stops = new Map()
events.forEach((e, i) => {
  // A wait and its end have marks of their own. So only the switches that a program makes stand on a lane.
  const isSwitch = e.kind === 'switch' && (e.why === 'switch' || e.why === 'throw')
  const name = e.kind === 'switch' && !isSwitch ? null : e.frame ?? (isSwitch ? (e.greenlet === 'main' && isTaken ? 'main (plain code)' : e.greenlet) : null)
  if (name === null) return
  if (!laneOf.has(name)) { laneOf.set(name, lanes.length); lanes.push({ name, marks: [], first: i, last: i }) }
  const lane = lanes[laneOf.get(name)]
  lane.marks.push(i); lane.last = i
  // When a generator goes on, those that delegate to it stand still, also if no event of their own says so.
  if (!RUNS.includes(e.kind)) { running.delete(name); return }
  for (let up = running.get(e.parent); up; up = running.get(up.parent)) { stops.set(up.at, i); running.delete(up.name) }
  running.set(name, { name, at: i, parent: e.parent })
})
const ENDS = ['return', 'raise']
const sign = { made: '·', enter: '▸', send: '↓', answer: '↓', result: '=', throw: '!', fail: '!', yield: '↑', emit: '↑', delegate: '(', return: '■', raise: '✕', close: '×', suspend: '~', catch: 'c', finally: 'f', switch: '⇄' }
const bad = new Set(['throw', 'fail', 'raise', 'close'])
let at = 0, playing = null, found = ''
const n = events.length
$('count').textContent = n + (n === 1 ? ' event' : ' events') + ', ' + lanes.length + (lanes.length === 1 ? ' lane' : ' lanes')
$('slider').max = Math.max(0, n - 1)

// The generators that are alive at an event. They are remembered every 512 events, so that a jump costs little.
const EVERY = 512, kept = []
const step = (alive, e) => {
  if (e.frame === null) return
  if (ENDS.includes(e.kind)) { alive.delete(e.frame); return }
  const before = alive.get(e.frame)
  if (RUNS.includes(e.kind)) for (let up = alive.get(e.parent); up?.runs; up = alive.get(up.parent)) alive.set(up.name, { ...up, runs: false })
  alive.set(e.frame, { name: e.frame, parent: e.parent, depth: e.depth, line: e.line ?? before?.line, runs: RUNS.includes(e.kind), made: e.kind === 'made', locals: e.locals ?? (e.line === undefined ? before?.locals : undefined) })
}
{ const alive = new Map(); events.forEach((e, i) => { if (i % EVERY === 0) kept.push(new Map(alive)); step(alive, e) }) }
const aliveAt = i => { const k = Math.floor(i / EVERY); const alive = new Map(kept[k] ?? []); for (let j = k * EVERY; j <= i && j < n; j++) step(alive, events[j]); return alive }

// Source
const lines = source === '' ? [] : source.trimEnd().split('\n')
const lineNodes = lines.map((text, i) => {
  const div = document.createElement('div'), number = document.createElement('i')
  number.textContent = i + 1; number.setAttribute('aria-hidden', 'true'); div.append(number, text || ' ')
  $('source').append(div)
  return div
})
$('sourcePane').hidden = lines.length === 0
document.querySelector('.columns').classList.toggle('sourced', lines.length > 0)
const showSource = (e, alive) => {
  for (const node of lineNodes) { node.className = ''; node.removeAttribute('data-who') }
  for (const frame of alive.values()) {
    const node = lineNodes[frame.line - 1]
    if (!node || frame.runs) continue
    node.className = 'rest'; node.dataset.who = [node.dataset.who, frame.name].filter(Boolean).join(', ')
  }
  const live = lineNodes[(e?.line ?? 0) - 1]
  if (!live) return
  live.classList.add('live')
  const box = $('source')
  if (live.offsetTop < box.scrollTop || live.offsetTop > box.scrollTop + box.clientHeight - 40) box.scrollTop = live.offsetTop - box.clientHeight / 2
}

const tellPage = data => { if (parent !== window) parent.postMessage(data, '*') }
const tellLines = (e, alive) => tellPage({ line: e?.line ?? null, suspended: [...alive.values()].filter(f => f.line && !f.runs).map(f => ({ line: f.line, name: f.name })) })
new ResizeObserver(() => tellPage({ height: Math.ceil(document.body.getBoundingClientRect().height) })).observe(document.body)

// The generators: first those that delegate to each other at this event, and apart from them the others that are alive.
const showStack = (e, alive) => {
  const items = []
  const chain = []
  for (let f = e?.frame ? alive.get(e.frame) : null; f && !chain.includes(f); f = alive.get(f.parent)) chain.push(f)
  chain.reverse()
  const rest = [...alive.values()].filter(f => !chain.includes(f)).slice(0, 30)
  ;[...chain, ...rest].forEach((f, i) => {
    const li = document.createElement('li'), small = document.createElement('small')
    const suspended = !f.runs || (chain.includes(f) && f !== chain[chain.length - 1]), calls = chain.length > 0 && !chain.includes(f)
    li.className = (suspended ? 'suspended' : '') + (i === chain.length ? ' apart' : '')
    li.textContent = f.name
    const locals = f.locals ? Object.entries(f.locals).map(([k, v]) => k + ' = ' + v).join(', ') : ''
    small.textContent = [f.made ? 'made, not begun' : suspended ? 'suspended' : calls ? 'runs, and waits for a call' : 'runs', f.line ? 'line ' + f.line : '', f.parent ? 'for ' + f.parent : '', locals].filter(Boolean).join(' · ')
    li.append(small); items.push(li)
  })
  if (items.length === 0) { const li = document.createElement('li'); li.textContent = 'No generator is alive'; items.push(li) }
  $('stack').replaceChildren(...items)
  return chain.length
}
${COST}
// PEP 380's expansion of  result = yield* child , with a test for each line whether the event belongs to it
const inChild = e => e.parent !== null
const branches = [
  ['i = iter(child)', e => e.kind === 'delegate'],
  ['try: y = next(i)', e => e.kind === 'enter' && inChild(e)],
  ['except StopIteration as e: r = e.value', () => false],
  ['else: while True:', () => false],
  ['  try: s = yield y', e => (e.kind === 'yield' || e.kind === 'emit') && inChild(e)],
  ['  except GeneratorExit: i.close(); raise', e => e.kind === 'close' && inChild(e)],
  ['  except BaseException as e: y = i.throw(e)', e => e.kind === 'throw' && inChild(e)],
  ['  else: try:', () => false],
  ['    if s is None: y = next(i)', e => e.kind === 'send' && inChild(e) && e.value === 'undefined'],
  ['    else: y = i.send(s)', e => e.kind === 'send' && inChild(e) && e.value !== 'undefined'],
  ['  except StopIteration as e: r = e.value', e => e.kind === 'return' && inChild(e)],
  ['  (another error leaves the loop)', e => e.kind === 'fail' || e.kind === 'raise' && inChild(e)],
  ['result = r', e => e.kind === 'result'],
]
$('expansion').replaceChildren(...branches.map(([text]) => { const li = document.createElement('li'); li.textContent = text; return li }))

// The twin: the same program in another language, event beside event
const twinRows = new Map()
let firstOther = -1
if (twin) {
  $('twinPane').hidden = false
  $('twinTitle').textContent = 'Twin: ' + twin.title
  firstOther = twin.pairs.findIndex(p => !p.same)
  $('twinSays').textContent = firstOther >= 0 ? 'The first difference is marked with ≠.' : twin.onlyPrints ? 'It prints the same. What its generators do was not recorded.' : 'It does the same, event by event.' + (twin.own.some(Boolean) ? ' A line with ≈ is told in words of its own.' : '')
  $('twin').append(...twin.pairs.filter(p => p.twins !== null).map(p => {
    const div = document.createElement('div')
    div.textContent = (p.same ? twin.own[p.twins] ? '≈ ' : '' : '≠ ') + twin.words[p.twins]
    if (p === twin.pairs[firstOther]) div.className = 'other'
    if (p.ours !== null) twinRows.set(p.ours, div)
    return div
  }))
}
document.querySelector('.columns').classList.toggle('twinned', Boolean(twin))
const showTwin = () => {
  if (!twin) return
  const box = $('twin')
  for (const div of box.querySelectorAll('.live')) div.classList.remove('live')
  let i = at; while (i > 0 && !twinRows.has(i)) i--
  const row = twinRows.get(i)
  if (!row) return
  row.classList.add('live')
  if (row.offsetTop < box.scrollTop || row.offsetTop > box.scrollTop + box.clientHeight - 40) box.scrollTop = row.offsetTop - box.clientHeight / 2
}

// The list: only the rows that can be seen are made.
const ROW = 24, space = document.createElement('div')
space.className = 'space'; space.style.height = n * ROW + 'px'; $('list').append(space)
let shown = Array.from(events.keys())
const showList = () => {
  const box = $('list'), from = Math.max(0, Math.floor(box.scrollTop / ROW) - 3), to = Math.min(shown.length, from + Math.ceil(box.clientHeight / ROW) + 8)
  space.replaceChildren(...shown.slice(from, to).map((i, k) => {
    const button = document.createElement('button')
    button.type = 'button'; button.style.top = (from + k) * ROW + 'px'; button.textContent = events[i].seq + '  ' + words[i]
    button.tabIndex = -1
    if (i === at) button.setAttribute('aria-current', 'true')
    button.onclick = () => go(i)
    return button
  }))
}
$('list').onscroll = () => requestAnimationFrame(showList)

// The lanes: those around the event are drawn on a canvas.
const canvas = $('lanes'), STEP = 22, LANE = 28
const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
const lower = (list, i) => { let a = 0, b = list.length; while (a < b) { const m = (a + b) >> 1; if (list[m] < i) a = m + 1; else b = m } return a }
const draw = () => {
  const width = canvas.parentElement.clientWidth, label = Math.min(150, width / 3), per = Math.floor((width - label) / STEP)
  const from = Math.max(0, Math.min(at - Math.floor(per / 2), n - per)), to = Math.min(n, from + per)
  const seen = lanes.filter(l => l.first < to && l.last >= from).slice(0, 18)
  const height = Math.max(1, seen.length) * LANE + 16, ratio = devicePixelRatio || 1
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) { canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio); canvas.style.height = height + 'px' }
  const c = canvas.getContext('2d'), ink = color('--ink'), soft = color('--wait'), run = color('--run'), out = color('--yield'), error = color('--error'), panel = color('--panel')
  c.setTransform(ratio, 0, 0, ratio, 0, 0); c.clearRect(0, 0, width, height)
  const x = i => label + (i - from + .5) * STEP, rows = new Map(seen.map((l, k) => [l.name, 8 + (k + .5) * LANE]))
  c.fillStyle = color('--mark'); c.fillRect(x(at) - STEP / 2, 0, STEP, height)
  c.textBaseline = 'middle'
  for (const lane of seen) {
    const y = rows.get(lane.name), marks = lane.marks, begin = lower(marks, from), end = lower(marks, to)
    c.fillStyle = ink; c.font = '13px system-ui, sans-serif'; c.textAlign = 'left'
    let name = lane.name; while (name.length > 2 && c.measureText(name).width > label - 16) name = name.slice(0, -2) + '…'
    c.fillText(name, 8, y)
    for (let k = Math.max(0, begin - 1); k <= end && k < marks.length; k++) {
      const e = events[marks[k]], a = Math.max(x(marks[k]), label), next = marks[k + 1]
      if (next !== undefined && !ENDS.includes(e.kind)) {
        const runs = RUNS.includes(e.kind)
        c.strokeStyle = runs ? run : soft; c.lineWidth = runs ? 6 : 2; c.setLineDash(runs ? [] : [4, 4])
        const stop = runs && stops.get(marks[k]), until = Math.max(a, Math.min(x(stop || next), width))
        c.beginPath(); c.moveTo(a, y); c.lineTo(until, y); c.stroke()
        if (stop) { c.strokeStyle = soft; c.lineWidth = 2; c.setLineDash([4, 4]); c.beginPath(); c.moveTo(until, y); c.lineTo(Math.min(x(next), width), y); c.stroke() }
      }
    }
    c.setLineDash([])
    for (let k = begin; k < end; k++) {
      const i = marks[k], e = events[i], hit = found !== '' && words[i].toLowerCase().includes(found)
      const other = e.kind === 'switch' ? null : e.kind === 'delegate' ? e.to : ENDS.includes(e.kind) || e.kind === 'enter' ? e.parent : null
      if (other && rows.has(other)) {
        const down = e.kind === 'enter' ? [rows.get(other), y] : [y, rows.get(other)]
        c.strokeStyle = bad.has(e.kind) ? error : soft; c.lineWidth = 1.5; c.beginPath(); c.moveTo(x(i), down[0]); c.lineTo(x(i), down[1]); c.stroke()
        const s = Math.sign(down[1] - down[0]); c.beginPath(); c.moveTo(x(i) - 4, down[1] - s * 13); c.lineTo(x(i), down[1] - s * 8); c.lineTo(x(i) + 4, down[1] - s * 13); c.stroke()
      }
      c.fillStyle = bad.has(e.kind) ? error : e.kind === 'yield' || e.kind === 'emit' ? out : run
      c.beginPath(); c.arc(x(i), y, hit ? 10 : 8, 0, 7); c.fill()
      if (hit) { c.strokeStyle = ink; c.lineWidth = 2; c.stroke() }
      c.fillStyle = panel; c.font = '11px system-ui, sans-serif'; c.textAlign = 'center'; c.fillText(sign[e.kind] ?? '·', x(i), y + .5)
    }
  }
  canvas.onclick = ev => go(Math.max(0, Math.min(n - 1, from + Math.floor((ev.offsetX - label) / STEP))))
}

let asked = false
const paint = () => {
  asked = false
  const e = events[at], alive = aliveAt(at)
  draw(); showSource(e, alive); tellLines(e, alive); showCost(e, showStack(e, alive)); showTwin()
  Array.from($('expansion').children).forEach((li, i) => { li.className = e && branches[i][1](e) ? 'live' : '' })
  const row = lower(shown, at), box = $('list')
  if (row * ROW < box.scrollTop || row * ROW > box.scrollTop + box.clientHeight - 2 * ROW) box.scrollTop = row * ROW - box.clientHeight / 2
  showList()
}
const go = (i, link = true) => {
  at = Math.max(0, Math.min(n - 1, i))
  $('slider').value = at
  $('slider').setAttribute('aria-valuetext', words[at] ?? '')
  $('now').textContent = n === 0 ? 'Nothing was recorded.' : events[at].seq + '. ' + words[at] + (events[at].time === null || events[at].kind === 'turn' ? '' : '  (at ' + events[at].time + ' ms)')
  if (link) history.replaceState(null, '', '#e=' + (events[at]?.seq ?? 1))
  if (!asked) { asked = true; requestAnimationFrame(paint) }
}
const pause = () => { clearInterval(playing); playing = null; $('play').textContent = 'Play' }
const play = () => {
  if (playing !== null) { pause(); return }
  if (at >= n - 1) go(0)
  $('play').textContent = 'Pause'
  playing = setInterval(() => { if (at >= n - 1) pause(); else go(at + 1) }, (reduced.matches ? 1500 : 900) / Number($('speed').value))
}
$('first').onclick = () => go(0); $('last').onclick = () => go(n - 1); $('back').onclick = () => go(at - 1); $('next').onclick = () => go(at + 1); $('play').onclick = play
$('speed').onchange = () => { if (playing !== null) { pause(); play() } }
$('slider').oninput = () => go(Number($('slider').value))
$('search').oninput = () => {
  found = $('search').value.trim().toLowerCase()
  shown = Array.from(events.keys()).filter(i => found === '' || words[i].toLowerCase().includes(found))
  space.style.height = shown.length * ROW + 'px'
  $('hits').textContent = found === '' ? '' : shown.length === 0 ? 'found nowhere' : shown.length + ' of ' + n
  if (found !== '' && shown.length > 0) go(shown.find(i => i >= at) ?? shown[0]); else go(at)
}
$('search').onkeydown = ev => { if (ev.key === 'Enter' && shown.length > 0) go(ev.shiftKey ? shown.filter(i => i < at).pop() ?? shown[shown.length - 1] : shown.find(i => i > at) ?? shown[0]) }
addEventListener('keydown', ev => {
  const tag = ev.target.tagName
  if (ev.ctrlKey || ev.metaKey || ev.altKey || tag === 'INPUT' && ev.target.type === 'search' || tag === 'SELECT') return
  const keys = { ArrowRight: () => go(at + 1), ArrowLeft: () => go(at - 1), n: () => go(at + 1), p: () => go(at - 1), Home: () => go(0), End: () => go(n - 1), '/': () => $('search').focus() }
  if (ev.key === ' ' && tag !== 'BUTTON' && tag !== 'SUMMARY') { ev.preventDefault(); play() } else if (keys[ev.key]) { ev.preventDefault(); keys[ev.key]() }
})
const linked = () => { const m = /^#e=(\d+)$/.exec(location.hash); return m ? Math.max(0, events.findIndex(e => e.seq === Number(m[1]))) : 0 }
addEventListener('hashchange', () => go(linked(), false))
addEventListener('resize', () => requestAnimationFrame(draw))
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => requestAnimationFrame(draw))
go(linked(), false)
})()
`
