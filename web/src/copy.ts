/** Buttons that copy an address (`data-copy="ADDRESS"` on what the button is put into; an empty one means this page). */

import { announce, both, element } from "./dom";

export function copyable(place: HTMLElement): void {
  const button = element("button", { type: "button", class: "plain copy" }, both("复制链接", "Copy link"));
  button.addEventListener("click", async () => {
    const done = await copy(new URL(place.dataset["copy"] ?? "", location.href).href);
    const told = done ? both("已复制", "Copied") : both("浏览器不允许复制", "The browser does not allow it");
    button.replaceChildren(told);
    announce(button.textContent ?? "");
    setTimeout(() => button.replaceChildren(both("复制链接", "Copy link")), 2000);
  });
  place.append(button);
}

/** Whether `text` is in the clipboard now. */
export async function copy(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  // Over plain HTTP from another machine there is no clipboard but this.
  const field = element("textarea", { class: "unseen", "aria-hidden": "true" }, text);
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
