/** An editor in the place of a text field, whose value stays what the editor holds. */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { type Diagnostic, linter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec, type Text } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { element } from "../dom";
import { source } from "./complete";
import { language } from "./language";
import type { Mistake } from "./run";

/** The addresses that the editor asks. */
export interface Addresses {
  words: string;
  check: string;
}

/** What the page does with an editor. */
export interface Editor {
  focus(): void;
  replace(text: string): void;
  /** Underlines what is wrong; nothing takes the line away. */
  show(mistake: Mistake | null): void;
}

/** Puts an editor before `field` and hides the field. `submit` is called for Ctrl-Enter. */
export function edit(field: HTMLTextAreaElement, addresses: Addresses, submit: () => void): Editor {
  const focused = document.activeElement === field;
  const { selectionStart: anchor, selectionEnd: head } = field;
  const host = element("div", { class: "editor" });
  // The editor brings its style along. In a shadow tree it does so as a constructed style sheet, which the page's policy
  // allows; in the document it would be an inline one, which it does not.
  const root = host.attachShadow({ mode: "open" });
  field.before(host);
  const label = field.labels[0];
  const runs = () => {
    submit();
    return true;
  };
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: runs }])),
        lineNumbers(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [source(addresses.words)], icons: false, maxRenderedOptions: 60 }),
        linter((shown) => check(addresses.check, shown.state.doc), { delay: 500 }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.lineWrapping,
        EditorView.domEventHandlers({ beforeinput: overwrite }),
        EditorView.contentAttributes.of({
          tabindex: "0",
          "aria-label": label?.textContent?.replace(/\s+/g, " ").trim() ?? "SPARQL",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) field.value = update.state.doc.toString();
        }),
        language,
      ],
    }),
  });
  field.hidden = true;
  // A browser cannot point at a hidden field that lacks its text.
  field.required = false;
  label?.addEventListener("click", () => view.focus());
  if (focused) {
    view.dispatch({ selection: { anchor, head } });
    view.focus();
  }
  return {
    focus: () => view.focus(),
    replace: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    show: (found) => view.dispatch(setDiagnostics(view.state, found ? [diagnostic(view.state.doc, found)] : [])),
  };
}

/** Types over a selection. Left to itself, Chromium keeps the look of what was selected by an inline style, which the policy forbids. */
function overwrite(event: InputEvent, view: EditorView): boolean {
  const { main } = view.state.selection;
  const text = event.data;
  if (event.inputType !== "insertText" || text === null || main.empty || view.composing) return false;
  const insert = () =>
    view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
  // Those that close brackets come first, as they do for what is typed elsewhere.
  const handlers = view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handler) => handler(view, main.from, main.to, text, insert))) view.dispatch(insert());
  return true;
}

/** Asks the server whether the text is a query; nothing is found where it does not answer. */
async function check(address: string, doc: Text): Promise<Diagnostic[]> {
  const query = doc.toString();
  if (query.trim() === "") return [];
  try {
    const response = await fetch(address, { method: "POST", body: new URLSearchParams({ query }) });
    const found = (await response.json()) as Mistake | null;
    return response.ok && found ? [diagnostic(doc, found)] : [];
  } catch {
    return [];
  }
}

/** The word at the place of the mistake; the end of the line before, where nothing stands there. */
function diagnostic(doc: Text, { line, column, message }: Mistake): Diagnostic {
  const at = doc.line(Math.min(Math.max(line || 1, 1), doc.lines));
  // The server counts code points, the editor UTF-16.
  const from = at.from + [...at.text].slice(0, Math.max(column - 1, 0)).join("").length;
  const word = /^(?:[\w:?$-]+|\S)/u.exec(doc.sliceString(from, at.to))?.[0].length ?? 0;
  const start = word === 0 ? Math.max(at.from, Math.min(from, at.to) - 1) : from;
  return { from: start, to: Math.max(start, from + word), severity: "error", message };
}
