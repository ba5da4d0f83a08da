// Elements from plain calls. Text becomes text nodes; there is no way to pass markup.

/** `h('button', {class: 'x', onclick}, 'text', child)`; null and false children are left out. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'dataset') Object.assign(element.dataset, value);
    else if (name === 'vars') for (const [key, item] of Object.entries(value)) element.style.setProperty(`--${key}`, item);
    else if (name in element && typeof value !== 'string' && !(element instanceof SVGElement)) element[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const $ = (selector, root = document) => root.querySelector(selector);

/** Longest wait for a frame, in milliseconds. */
const FRAME = 400;

/** Kept once the next frame is painted; soon, too, where none is painted because nobody looks. */
export const painted = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, document.hidden ? 20 : FRAME);
  });

/**
 * Kept once the next frame is on the screen, about: the browser begins another one when it has handed that on. Until then
 * drawing it has the processor for itself.
 */
export async function presented() {
  await painted();
  await painted();
}

/** Runs `step` for each item in slices that leave the page responsive, and waits for what it returns; stops when `signal` aborts. */
export async function inSlices(items, step, signal, milliseconds = 10) {
  let until = performance.now() + milliseconds;
  for (let index = 0; index < items.length; index++) {
    if (performance.now() > until) {
      await giveWay();
      if (signal?.aborted) return;
      until = performance.now() + milliseconds;
    }
    const wait = step(items[index], index);
    if (!wait) continue;
    await wait;
    if (signal?.aborted) return;
    until = performance.now() + milliseconds;
  }
}

/** Kept after some milliseconds. */
export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Kept when the browser has nothing else to do, or after the milliseconds of its `timeout`. */
export const idle = (options) => (globalThis.requestIdleCallback ? new Promise((resolve) => requestIdleCallback(resolve, options)) : pause(0));

/** Lets the browser do what it has to do before going on. */
export const breathe = () => (globalThis.scheduler?.yield ? scheduler.yield() : new Promise((resolve) => setTimeout(resolve)));

/** Lets everything else go first: what follows is out of sight. */
const giveWay = () => (globalThis.scheduler?.postTask ? scheduler.postTask(() => {}, { priority: 'background' }) : new Promise((resolve) => setTimeout(resolve)));
