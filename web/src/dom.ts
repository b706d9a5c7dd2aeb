/** Elements as the pages have them: a Chinese text, with its English beside it. */

type Attributes = Record<string, string | boolean>;

/** An element with attributes and content. Content is text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(attribute, "");
    else if (value !== false) made.setAttribute(attribute, value);
  }
  made.append(...content);
  return made;
}

/** A text in Chinese and its English, as the macro `both` of the templates writes it. */
export function both(zh: string, en: string): DocumentFragment {
  const made = document.createDocumentFragment();
  made.append(`${zh} `, element("span", { lang: "en" }, en));
  return made;
}

/** Tells those who do not see the page what changed on it. */
export function announce(text: string): void {
  let status = document.querySelector<HTMLElement>("#status");
  if (!status) {
    status = element("p", { id: "status", role: "status", class: "unseen" });
    document.body.append(status);
  }
  status.textContent = text;
}

/** Calls `action` when nothing happened for so many milliseconds. */
export function settled<A extends unknown[]>(milliseconds: number, action: (...values: A) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...values: A) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), milliseconds);
  };
}
