import { checkedParts, checkedText } from '../base/checked.ts'
import { checkOptions } from '../base/options.ts'
import { checkedEvents } from './checked-events.ts'
import type { StudyEvent } from './event.ts'
import { escaped, json } from './json.ts'
import { LEGEND } from './page-legend.ts'
import { SCRIPT } from './page-script.ts'
import { STYLE } from './page-style.ts'
import { sentences } from './sentences.ts'
import { type Twin, type TwinEvent, beside, shownOutput } from './twin.ts'

/** The options of `toHTML()`. */
export interface PageOptions {
  /** The title of the page. */
  readonly title?: string
  /** The source of the program. It is shown beside the events. */
  readonly source?: string
  /** The recording of the same program in another language, such as Python. It is shown beside this one, and the first difference is marked. */
  readonly twin?: Twin
}

const PAGE = { call: 'toHTML(events, { title: \'tea\' })', names: ['title', 'source', 'twin'] }

/**
 * A recording as a page. The page is one file that needs nothing else, and opens without a network. It shows a lane for each
 * generator, the source with the line that runs, the generators that delegate to each other, and a slider through time.
 * @param events the recorded events.
 * @param options.title the title of the page.
 * @param options.source the source of the program.
 * @param options.twin the recording of the same program in another language.
 * @returns an HTML document.
 */
export function toHTML(events: readonly StudyEvent[], options: PageOptions = {}): string {
  checkedEvents('toHTML()', events)
  checkOptions(options, PAGE)
  const shown = events.filter(({ internal }) => internal !== true)
  const { twin } = options
  const title = options.title === undefined ? 'A recording' : checkedText('toHTML({ title })', options.title)
  const data = json({ events: shown, words: sentences(shown), source: options.source === undefined ? '' : checkedText('toHTML({ source })', options.source), twin: twin === undefined ? null : twinData(shown, checkedParts('toHTML({ twin })', 'another recording', twin, 'title', 'events.map()')) })
    .split('<').join('\\u003c') // so that no text of the program can end the script
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${escaped(title)}</h1><p id="count"></p></header>
<main>
<section id="controls" aria-label="Time">
  <div class="buttons">
    <button id="first" type="button" title="First event (Home)">|◀<span class="hidden">First event</span></button>
    <button id="back" type="button" title="One event back (left arrow)">◀<span class="hidden">One event back</span></button>
    <button id="play" type="button" title="Play or pause (space)">Play</button>
    <button id="next" type="button" title="One event on (right arrow)">▶<span class="hidden">One event on</span></button>
    <button id="last" type="button" title="Last event (End)">▶|<span class="hidden">Last event</span></button>
    <label>Speed <select id="speed"><option value="1">1 ×</option><option value="3" selected>3 ×</option><option value="10">10 ×</option></select></label>
    <label class="search">Search <input id="search" type="search" placeholder="send, inner, 10…" autocomplete="off"><span id="hits" role="status"></span></label>
  </div>
  <label class="slider"><span class="hidden">Event</span><input id="slider" type="range" min="0" max="0" value="0"></label>
  <p id="now" aria-live="polite"></p>
</section>
<section id="timeline" aria-label="Timeline"><canvas id="lanes" tabindex="0" role="img" aria-label="A lane for each generator. The list of events says the same in words."></canvas>${LEGEND}</section>
<div class="columns">
  <section id="sourcePane" aria-labelledby="sourceTitle"><h2 id="sourceTitle">Source</h2><div id="source" class="scroll" tabindex="0" role="group" aria-label="Lines of the program"></div></section>
  <section aria-labelledby="stackTitle"><h2 id="stackTitle">Generators</h2><ul id="stack"></ul>
    <details id="desugar" open><summary>What yield* does here, in Python's words (PEP 380)</summary><ol id="expansion"></ol></details>
    <p id="cost"></p>
    <figure id="costChart"><figcaption>Generators that each resume goes through: <span class="native">native yield*</span> <span class="ours">yieldFrom()</span></figcaption>
      <div class="bars"><span aria-hidden="true"><i id="costMost"></i><i>0</i></span><svg id="costBars" viewBox="0 0 360 64" preserveAspectRatio="none" role="img" aria-labelledby="costSum"></svg></div>
      <p id="costSum"></p></figure></section>
  <section id="listPane" aria-labelledby="listTitle"><h2 id="listTitle">Events</h2><div id="list" class="scroll" tabindex="0" role="group" aria-label="List of events"></div></section>
  <section id="twinPane" aria-labelledby="twinTitle" hidden><h2 id="twinTitle">Twin</h2><p id="twinSays"></p><div id="twin" class="scroll" tabindex="0" role="group" aria-label="What the twin did"></div></section>
</div>
</main>
<noscript>This page needs JavaScript, which it brings along.</noscript>
<script id="data" type="application/json">${data}</script>
<script>${SCRIPT}</script>
</body>
</html>
`
}

function twinData(events: readonly StudyEvent[], { title, events: twins }: Twin): object {
  return { title, words: sentences(twins.map(completed)), pairs: beside(events, twins), own: twins.map(({ own }) => own === true), onlyPrints: twins.every(({ kind }) => kind === 'output') }
}

/** An event of a twin, with what another recorder need not write. */
function completed(event: TwinEvent, i: number): StudyEvent {
  return { seq: i + 1, time: null, task: null, greenlet: 'main', depth: 0, ...event, ...event.kind === 'output' ? { value: shownOutput(event.value) } : {} }
}
