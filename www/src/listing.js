// Long lists in the panel: what has not changed stays where it stands, what is new is built a part at a time.

import { painted } from './dom.js';

/** Items that are built before the browser may paint: about what a panel shows at once. */
const PART = 16;

/**
 * One item of a list. The `key` is what it is known by; an element stays as long as its item shows the same thing (`of`) in the
 * same `version`.
 * @typedef {{key: string, of?: unknown, version?: string}} Item
 */

/** What an element of a list was built for. */
const built = new WeakMap();

/**
 * Makes the children of `parent` those of `items`, in their order, and yields after each element that it builds. `inside`, where
 * given, does the same within each element, old or new.
 * @param {Element} parent
 * @param {Item[]} items
 * @param {{build: (item: Item) => Element, inside?: (element: Element, item: Item) => Iterable<void>}} how
 */
export function* fill(parent, items, { build, inside }) {
  const wanted = new Set(items.map(({ key }) => key));
  const known = new Map();
  for (const child of [...parent.children]) {
    const key = built.get(child)?.key;
    if (wanted.has(key)) known.set(key, child);
    else child.remove();
  }
  let next = parent.firstElementChild;
  for (const item of items) {
    const old = known.get(item.key);
    const was = built.get(old);
    let element = old;
    if (was && was.of === item.of && was.version === item.version) {
      if (old === next) next = next.nextElementSibling;
      else parent.insertBefore(old, next);
    } else {
      const focus = old?.contains(document.activeElement) ? document.activeElement.closest('[data-focus]')?.dataset.focus : undefined;
      element = build(item);
      built.set(element, item);
      if (old && old === next) {
        next = next.nextElementSibling;
        old.replaceWith(element);
      } else {
        old?.remove();
        parent.insertBefore(element, next);
      }
      if (focus) element.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
    }
    if (inside) yield* inside(element, item);
    if (element !== old) yield;
  }
}

const running = new WeakMap();

/**
 * Goes through the steps of {@link fill}: the first part at once, each other one in a frame of its own; `whole`: all at once.
 * Whatever else fills the same `list` ends it. The promise is kept when it has come to an end.
 */
export async function show(list, steps, { whole = false } = {}) {
  const mine = {};
  running.set(list, mine);
  let left = PART;
  for (const _ of steps) {
    if (whole || --left > 0) continue;
    await painted();
    if (running.get(list) !== mine) return;
    left = PART;
  }
}

const numbers = new WeakMap();
let last = 0;

/** A name for an object that changes: what was built for the one is not taken for the other's. */
export function numberOf(object) {
  if (!object) return 0;
  if (!numbers.has(object)) numbers.set(object, ++last);
  return numbers.get(object);
}
