/** Keys that work on every page: `/` leads to the search field. */

/** Whether a key that is pressed there is part of what is being written. */
export function writes(target: EventTarget | null | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

export function listen(): void {
  document.addEventListener("keydown", (event) => {
    // The editor stands in a shadow tree, outside of which only its host would be seen.
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writes(event.composedPath()[0])) return;
    const field = document.querySelector<HTMLInputElement>(".site-search input");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
