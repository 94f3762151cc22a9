/**
 * The part of the page's program that shows what a resume costs: a chart with two bars for each, and the sums up to an event. It stands
 * inside of `SCRIPT`, whose names it uses.
 */
export const COST = String.raw`
// What a resume costs. Native yield* hands a value down from the outermost generator to the innermost one, yieldFrom() gives it to that one.
const RESUMES = ['send', 'answer', 'throw', 'close']
const resumes = [], sums = [0]
events.forEach((e, i) => { if (RESUMES.includes(e.kind)) { resumes.push(i); sums.push(sums[sums.length - 1] + e.depth + 1) } })
const COLUMNS = 120, WIDE = 360, HIGH = 64
const columns = Math.min(COLUMNS, resumes.length), columnWidth = columns === 0 ? 0 : Math.min(18, WIDE / columns)
const columnOf = k => Math.floor(k * columns / resumes.length)
const highest = resumes.reduce((most, i) => Math.max(most, events[i].depth + 1), 2)
const bar = (column, count, name) => {
  const height = Math.max(2, count / highest * (HIGH - 2)), rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  for (const [key, value] of Object.entries({ x: column * columnWidth + columnWidth * .1, y: HIGH - height, width: columnWidth * .8, height, class: name })) rect.setAttribute(key, value)
  return rect
}
const costs = new Array(columns).fill(0)
resumes.forEach((i, k) => { costs[columnOf(k)] = Math.max(costs[columnOf(k)], events[i].depth + 1) })
const costHere = bar(0, highest, 'here')
$('costBars').append(costHere, ...costs.flatMap((count, column) => [bar(column, count, 'native'), bar(column, 1, 'ours')]))
$('costChart').hidden = resumes.length === 0
$('costMost').textContent = highest
$('costBars').onclick = ev => {
  const column = Math.floor(ev.offsetX / $('costBars').clientWidth * WIDE / columnWidth)
  if (column < columns) go(resumes[Math.ceil(column * resumes.length / columns)])
}
const counted = (count, noun) => count + ' ' + noun + (count === 1 ? '' : 's')
// standing: how many generators delegate to each other at the event
const showCost = (e, standing) => {
  $('cost').textContent = standing === 0 ? '' : 'To resume the innermost one, native yield* goes through ' + counted((e?.depth ?? 0) + 1, 'generator') + ', yieldFrom() through 1.'
  const done = lower(resumes, at + 1)
  costHere.style.display = done === 0 ? 'none' : ''
  costHere.setAttribute('x', columnOf(Math.max(0, done - 1)) * columnWidth); costHere.setAttribute('width', columnWidth)
  $('costSum').textContent = 'Up to here: ' + counted(done, 'resume') + ', through ' + counted(sums[done], 'generator') + ' with native yield*, and through ' + done + ' with yieldFrom().'
}
`
