/** A link to the words that a reader selects in a report, to be copied. */

import { copy } from "./copy";
import { announce, both, element, settled } from "./dom";

/** Characters as the graph counts them: code points. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Offers the link while words of `text` are selected, whose paragraphs tell at which code point they begin (`data-start`). */
export function linked(text: HTMLElement): void {
  const button = element(
    "button",
    { type: "button", class: "copy-passage" },
    both("复制这段原文的链接", "Copy link to passage"),
  );
  let address = "";
  button.addEventListener("click", async () => {
    const done = await copy(address);
    announce(done ? "已复制" : "浏览器不允许复制");
    button.replaceChildren(done ? both("已复制", "Copied") : address);
  });
  const offer = settled(250, () => {
    const selection = document.getSelection();
    const range = selection && !selection.isCollapsed ? selection.getRangeAt(0) : undefined;
    const span = range && passage(text, range);
    if (!range || !span) return button.remove();
    address = `${location.origin}${location.pathname}?from=${span[0]}&to=${span[1]}#passage`;
    button.replaceChildren(both("复制这段原文的链接", "Copy link to passage"));
    document.body.append(button);
    const at = range.getBoundingClientRect();
    const room = document.documentElement.clientWidth - button.offsetWidth - 8;
    button.style.left = `${Math.max(8, Math.min(at.left, room)) + window.scrollX}px`;
    button.style.top = `${at.bottom + 6 + window.scrollY}px`;
  });
  document.addEventListener("selectionchange", offer);
}

/** First code point of a selection and the one behind it; nothing where it leaves the paragraphs of the text. */
function passage(text: HTMLElement, range: Range): [number, number] | undefined {
  const start = position(text, range.startContainer, range.startOffset);
  const end = position(text, range.endContainer, range.endOffset);
  return start !== undefined && end !== undefined && start < end ? [start, end] : undefined;
}

function position(text: HTMLElement, node: Node, offset: number): number | undefined {
  const holder = node instanceof Element ? node : node.parentElement;
  const paragraph = holder?.closest<HTMLElement>("[data-start]");
  if (!paragraph || !text.contains(paragraph)) return undefined;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  return Number(paragraph.dataset["start"]) + characters(before.toString());
}
