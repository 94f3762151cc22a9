import { javascript } from '@codemirror/lang-javascript'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { setDiagnostics } from '@codemirror/lint'
import { Prec, StateEffect, StateField } from '@codemirror/state'
import { Decoration, EditorView, WidgetType, keymap } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { basicSetup } from 'codemirror'

// The colours are the page's, so the editor is light and dark with it.
const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--panel)', color: 'var(--ink)', fontSize: '14px' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--soft)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--here)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--chosen)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--chosen)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--mark)', outline: '1px solid var(--line)' },
  '.cm-line.live': { backgroundColor: 'var(--mark)', boxShadow: 'inset 3px 0 var(--run)' },
  '.cm-line.rest': { boxShadow: 'inset 3px 0 var(--wait)' },
  '.suspended': { color: 'var(--soft)' },
  '.cm-panels, .cm-tooltip': { backgroundColor: 'var(--ground)', color: 'var(--ink)', borderColor: 'var(--line)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--run)', color: 'var(--panel)' },
  '.cm-button, .cm-textfield': { backgroundImage: 'none', backgroundColor: 'var(--panel)', color: 'var(--ink)', border: '1px solid var(--line)' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--mark)', color: 'var(--ink)', border: 'none' },
})

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--run)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--yield)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--number)' },
  { tag: [tags.typeName, tags.className, tags.namespace], color: 'var(--type)' },
  { tag: tags.comment, color: 'var(--soft)', fontStyle: 'italic' },
  { tag: tags.invalid, color: 'var(--error)' },
])

/** Names the generators that stand still at a line. */
class Suspended extends WidgetType {
  constructor(names) { super(); this.names = names }

  eq(other) { return other.names === this.names }

  toDOM() {
    const span = document.createElement('span')
    span.className = 'suspended'
    span.textContent = `  ‖ ${this.names}`
    return span
  }
}

const setMarks = StateEffect.define()

/** The line that runs, and the lines at which generators stand still, until the text is changed. */
const marks = StateField.define({
  create: () => Decoration.none,
  update(before, { docChanged, effects, state: { doc } }) {
    for (const effect of effects) if (effect.is(setMarks)) return decorations(doc, effect.value)
    return docChanged ? Decoration.none : before
  },
  provide: field => EditorView.decorations.from(field),
})

function decorations(doc, { line: live, suspended }) {
  const names = new Map()
  for (const { line, name } of suspended) names.set(line, [...names.get(line) ?? [], name])
  const lines = Array.from(new Set([live, ...names.keys()])).filter(line => line !== null && line <= doc.lines).sort((a, b) => a - b)
  return Decoration.set(lines.flatMap(number => {
    const { from, to } = doc.line(number)
    const rest = names.get(number)
    return [
      Decoration.line({ class: number === live ? 'live' : 'rest' }).range(from),
      ...rest === undefined ? [] : [Decoration.widget({ widget: new Suspended(rest.join(', ')), side: 1 }).range(to)],
    ]
  }))
}

/**
 * @param parent the element that it fills.
 * @param onRun called when Ctrl or Cmd with Enter is pressed.
 * @param onEdit called after each change of the text.
 */
export function makeEditor(parent, { onRun, onEdit }) {
  const view = new EditorView({
    parent,
    extensions: [
      Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => { onRun(); return true } }])),
      basicSetup,
      javascript({ typescript: true }),
      theme,
      marks,
      syntaxHighlighting(colours),
      EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': 'Program, in TypeScript. Escape, then Tab, leaves the editor.' }),
      EditorView.updateListener.of(({ docChanged }) => { if (docChanged) onEdit() }),
    ],
  })
  return {
    get text() { return view.state.doc.toString() },
    /** Show another text. Undo brings the one before back. */
    replace(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 }, scrollIntoView: true })
    },
    /** Mark a line, or none, as the place of an error. */
    mark(number, message) {
      view.dispatch(setDiagnostics(view.state, number === null ? [] : [{ ...lineOf(number), severity: 'error', message }]))
    },
    /** Show the line that runs, and where generators stand still. The line is brought into sight. */
    show({ line, suspended }) {
      view.dispatch({ effects: setMarks.of({ line, suspended }) })
      if (line === null) return
      const { scrollDOM } = view // and not the page around it, which would leave the timeline
      const { top, bottom } = view.lineBlockAt(lineOf(line).from)
      if (top < scrollDOM.scrollTop || bottom > scrollDOM.scrollTop + scrollDOM.clientHeight) scrollDOM.scrollTop = top - scrollDOM.clientHeight / 2
    },
    /** Go to a line. */
    goTo(number) {
      view.dispatch({ selection: { anchor: lineOf(number).from }, effects: EditorView.scrollIntoView(lineOf(number).from, { y: 'center' }) })
      view.focus()
    },
  }

  function lineOf(number) {
    const { from, to } = view.state.doc.line(Math.max(1, Math.min(number, view.state.doc.lines)))
    return { from, to }
  }
}
