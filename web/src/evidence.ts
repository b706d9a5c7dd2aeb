/** A card with a mention's evidence while the pointer or the focus rests on it; the click still leads to the page that tells it all. */

import { element } from "./dom";

/** Resting for so many milliseconds asks for the card; leaving it for so many lets it go. */
const ASKS = 350;
const LEAVES = 250;

/** What a card shows of the evidence. */
const PARTS = "h2, dl.facts";

export function cards(text: HTMLElement): void {
  const known = new Map<string, Promise<Element[]>>();
  let card: HTMLElement | undefined;
  let asking: ReturnType<typeof setTimeout> | undefined;
  let leaving: ReturnType<typeof setTimeout> | undefined;

  const hide = () => {
    clearTimeout(asking);
    clearTimeout(leaving);
    card?.remove();
    card = undefined;
  };
  const show = async (mention: HTMLAnchorElement) => {
    let parts = known.get(mention.href);
    if (!parts) known.set(mention.href, (parts = evidence(mention.href)));
    const told = await parts;
    if (told.length === 0 || !mention.matches(":hover, :focus")) return;
    hide();
    card = element(
      "aside",
      { class: "evidence card", "aria-label": "依据 Evidence" },
      ...told.map((part) => part.cloneNode(true)),
    );
    card.addEventListener("pointerenter", () => clearTimeout(leaving));
    card.addEventListener("pointerleave", leave);
    document.body.append(card);
    stand(card, mention);
  };
  const leave = () => {
    clearTimeout(asking);
    clearTimeout(leaving);
    leaving = setTimeout(hide, LEAVES);
  };
  const ask = (event: Event) => {
    const mention = (event.target as Element).closest<HTMLAnchorElement>("a[href*='fact=']");
    // A finger has no place to rest: it taps, and comes to the page.
    if (!mention || (event instanceof PointerEvent && event.pointerType === "touch")) return;
    clearTimeout(leaving);
    clearTimeout(asking);
    asking = setTimeout(() => void show(mention), ASKS);
  };
  text.addEventListener("pointerover", ask);
  text.addEventListener("pointerout", leave);
  text.addEventListener("focusin", ask);
  text.addEventListener("focusout", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
}

/** The evidence as the page tells it; nothing where the page cannot be had. */
async function evidence(address: string): Promise<Element[]> {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    if (!response.ok) return [];
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return [...page.querySelectorAll("#evidence > *")].filter((part) => part.matches(PARTS));
  } catch {
    return [];
  }
}

/** Puts a card under a mention, or over it where there is no room, within the window. */
function stand(card: HTMLElement, mention: Element): void {
  const at = mention.getClientRects()[0] ?? mention.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8));
  const below = at.bottom + height + 8 <= window.innerHeight || at.top < height + 8;
  card.style.left = `${left + window.scrollX}px`;
  card.style.top = `${(below ? at.bottom + 6 : at.top - height - 6) + window.scrollY}px`;
}
