/** Two texts side by side: when one is scrolled, the other shows the passage that it shares with it at the same height. */

/** Passages have the identifiers `a-1` and `b-1`. */
const ID = /^([ab])-(\d+)$/;

export function together(columns: HTMLElement[]): void {
  const [left, right] = columns;
  if (!left || !right) return;
  // Scrolling the other column would answer with a scroll of its own.
  let led: HTMLElement | undefined;
  for (const [moved, other] of [[left, right] as const, [right, left] as const]) {
    moved.addEventListener(
      "scroll",
      () => {
        if (led === moved) {
          led = undefined;
          return;
        }
        const to = aligned(moved, other);
        if (to === undefined || Math.abs(to - other.scrollTop) < 1) return;
        led = other;
        const before = other.scrollTop;
        other.scrollTop = to;
        // At its end it does not move, and no scroll comes back.
        if (other.scrollTop === before) led = undefined;
      },
      { passive: true },
    );
  }
}

/** Where `other` has to stand so that its passage is beside that of `moved`; nothing where `moved` shows no shared passage. */
function aligned(moved: HTMLElement, other: HTMLElement): number | undefined {
  const height = moved.clientHeight;
  const passages = [...moved.querySelectorAll<HTMLElement>("a.to[id]")].map((anchor) => {
    return { anchor, at: anchor.getBoundingClientRect().top - moved.getBoundingClientRect().top };
  });
  const near = passages.filter(({ at }) => at > -height / 2 && at < height);
  // The one that is closest to where a reader looks: a little below the top.
  near.sort((a, b) => Math.abs(a.at - height / 4) - Math.abs(b.at - height / 4));
  const [nearest] = near;
  const [, side, number] = ID.exec(nearest?.anchor.id ?? "") ?? [];
  const twin = number && other.querySelector<HTMLElement>(`[id="${side === "a" ? "b" : "a"}-${number}"]`);
  if (!nearest || !twin) return undefined;
  const at = twin.getBoundingClientRect().top - other.getBoundingClientRect().top;
  return other.scrollTop + at - nearest.at;
}
