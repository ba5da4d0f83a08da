// Who is named together with whom, and who speaks about whom: a small graph, and the same as a list.

import { $, h, svg } from './dom.js';
import { selectEntity } from './reader.js';
import { entityById, entityIsShown, on, quoteIsShown, state, update } from './store.js';
import { typeClass } from './types.js';

/** Names in the graph: more cannot be read in a panel. */
const MOST = 16;
const LINKED = new Set(['PERSON', 'ORGANIZATION', 'PLACE', 'GROUP', 'EVENT', 'WORK', 'PRODUCT']);
/** Blocks whose sentences say nothing of how names belong together. */
const BESIDES = new Set(['byline', 'credit', 'promo', 'repeated']);
/** Links that are drawn for a name, at least where it has so many: all of them are a tangle, and the list has them. */
const STRONGEST = 3;
const WIDTH = 360;
/** What a name and its label need above, below and beside the place where it stands. */
const MARGIN = { top: 16, bottom: 24, side: 6 };

const mode = h(
  'div',
  { class: 'switch', role: 'group', 'aria-label': 'What links them' },
  ...[
    ['together', 'Named together'],
    ['about', 'Speaks about'],
  ].map(([graph, title]) => h('button', { type: 'button', dataset: { graph }, onclick: () => update({ graph }) }, title)),
);
const picture = h('div', { class: 'graph' });
const list = h('div', { class: 'graph-list' });
export const links = h('div', { class: 'links' }, mode, picture, list);

let drawn;

export function showLinks() {
  for (const button of mode.children) button.setAttribute('aria-pressed', String(button.dataset.graph === state.graph));
  const edges = state.annotation ? (state.graph === 'about' ? speakersOf() : pairsOf()) : [];
  listOf(edges);
  draw(edges);
}

/** Pairs of names with the number of sentences that hold both. */
function pairsOf() {
  const { entities, sentences, blocks } = state.annotation;
  const besides = blocks.filter(({ kind }) => BESIDES.has(kind));
  const places = entities
    .filter((entity) => LINKED.has(entity.type) && entityIsShown(entity))
    .flatMap((entity) => entity.mentions.map(({ start }) => ({ id: entity.id, start })))
    .sort((a, b) => a.start - b.start);
  const counts = new Map();
  let at = 0;
  for (const { start, end } of sentences) {
    while (at < places.length && places[at].start < start) at++;
    if (besides.some((block) => block.start <= start && end <= block.end)) continue;
    const inside = new Set();
    for (let index = at; index < places.length && places[index].start < end; index++) inside.add(places[index].id);
    // A sentence that is a list of names links all and says nothing.
    if (inside.size > 12) continue;
    const ids = [...inside].sort();
    ids.forEach((from, index) => ids.slice(index + 1).forEach((to) => add(counts, from, to)));
  }
  return sorted(counts);
}

/** Speakers and the names inside their quotes. */
function speakersOf() {
  const counts = new Map();
  const { entities, quotes } = state.annotation;
  const named = entities.filter((entity) => LINKED.has(entity.type) && entityIsShown(entity));
  for (const quote of quotes) {
    const from = quote.speaker?.entity;
    if (!from || !quoteIsShown(quote)) continue;
    for (const { id, mentions } of named) {
      if (id === from) continue;
      const times = mentions.filter((mention) => quote.pieces.some(({ start, end }) => mention.start >= start && mention.end <= end)).length;
      if (times) add(counts, from, id, times);
    }
  }
  return sorted(counts);
}

function add(counts, from, to, times = 1) {
  const key = `${from} ${to}`;
  counts.set(key, (counts.get(key) ?? 0) + times);
}

const sorted = (counts) =>
  [...counts]
    .map(([key, weight]) => ({ from: key.split(' ')[0], to: key.split(' ')[1], weight }))
    .filter(({ from, to }) => entityById(from) && entityById(to))
    .sort((a, b) => b.weight - a.weight);

function listOf(edges) {
  const isAbout = state.graph === 'about';
  const name = (id) => h('button', { type: 'button', class: 'link', dataset: { focus: `link-${id}` }, onclick: () => selectEntity(id) }, entityById(id).name);
  const unit = (count) => (isAbout ? `${count} ${count === 1 ? 'time' : 'times'}` : `${count} ${count === 1 ? 'sentence' : 'sentences'}`);
  list.replaceChildren(
    edges.length
      ? h(
          'ol',
          { 'aria-label': isAbout ? 'Who speaks about whom' : 'Names in one sentence' },
          ...edges.slice(0, 60).map(({ from, to, weight }) => h('li', { class: 'edge' }, h('span', {}, name(from), isAbout ? ' on ' : ' and ', name(to)), h('span', { class: 'edge-count' }, unit(weight)))),
        )
      : h('p', { class: 'empty' }, isAbout ? 'Nobody in this text speaks about somebody by name.' : 'No two names stand in one sentence.'),
  );
}

async function draw(edges) {
  const mine = (drawn = {});
  if (!edges.length) return picture.replaceChildren();
  // Loaded when it is first looked at.
  const { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } = await import('../vendor/d3-force.js');
  if (mine !== drawn) return;
  const weights = new Map();
  for (const { from, to, weight } of edges) for (const id of [from, to]) weights.set(id, (weights.get(id) ?? 0) + weight);
  const nodes = [...weights]
    .map(([id, weight]) => ({ id, weight, entity: entityById(id) }))
    .sort((a, b) => b.weight - a.weight || b.entity.salience - a.entity.salience)
    .slice(0, MOST);
  const kept = new Map(nodes.map((node) => [node.id, node]));
  const degree = new Map(nodes.map(({ id }) => [id, 0]));
  const lines = [];
  for (const { from, to, weight } of edges) {
    if (!kept.has(from) || !kept.has(to) || Math.min(degree.get(from), degree.get(to)) >= STRONGEST) continue;
    for (const id of [from, to]) degree.set(id, degree.get(id) + 1);
    lines.push({ source: kept.get(from), target: kept.get(to), weight });
  }
  const linked = new Set(lines.flatMap(({ source, target }) => [source, target]));
  nodes.splice(0, nodes.length, ...nodes.filter((node) => linked.has(node)));
  for (const node of nodes) {
    node.radius = 4 + Math.min(8, Math.sqrt(node.weight) * 1.6);
    node.label = shortLabel(node.entity);
  }
  forceSimulation(nodes)
    .force('link', forceLink(lines).distance(70).strength(({ weight }) => Math.min(0.6, 0.15 + weight * 0.08)))
    .force('charge', forceManyBody().strength(-190))
    .force('x', forceX().strength(0.07))
    .force('y', forceY().strength(0.09))
    .force('collide', forceCollide(({ radius, label }) => Math.max(radius + 10, label.length * 2.6)))
    .stop()
    .tick(260);
  const height = Math.min(360, 130 + nodes.length * 15);
  fit(nodes, 'y', height, () => MARGIN.top, () => MARGIN.bottom);
  const half = (node) => MARGIN.side + Math.max(node.radius, label(node) / 2);
  fit(nodes, 'x', WIDTH, half, half);
  const most = Math.max(...lines.map(({ weight }) => weight));
  const isAbout = state.graph === 'about';
  picture.replaceChildren(
    // For eyes and pointers; the list below says the same.
    svg(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${height}`, 'aria-hidden': 'true' },
      isAbout && svg('defs', {}, svg('marker', { id: 'arrow', viewBox: '0 0 8 8', refX: '7', refY: '4', markerWidth: '7', markerHeight: '7', markerUnits: 'userSpaceOnUse', orient: 'auto' }, svg('path', { d: 'M0 0 8 4 0 8z', class: 'graph-arrow' }))),
      ...lines.map((line) => edgePath(line, most, isAbout)),
      ...nodes.map(nodeShape),
    ),
  );
  light();
}

/** Spreads the places along an axis over the picture's whole length; `before` and `after` is what must stay free around one. */
function fit(nodes, axis, length, before, after) {
  const least = Math.min(...nodes.map((node) => node[axis]));
  const span = Math.max(...nodes.map((node) => node[axis])) - least || 1;
  for (const node of nodes) {
    const [from, to] = [before(node), length - after(node)];
    node[axis] = from + ((node[axis] - least) / span) * (to - from);
  }
}

const label = (node) => node.label.length * 5.6;
const shortLabel = ({ name, acronym, type }) => {
  const short = acronym ?? (type === 'PERSON' ? name.split(' ').at(-1) : name);
  return short.length > 20 ? `${short.slice(0, 19)}…` : short;
};

function edgePath({ source, target, weight }, most, isAbout) {
  const dx = target.x - source.x;
  const dy = target.y - source.y;
  const distance = Math.hypot(dx, dy) || 1;
  // Arrows bend, so that there and back are two lines.
  const bend = isAbout ? 0.14 : 0;
  const end = { x: target.x - (dx / distance) * (target.radius + 3), y: target.y - (dy / distance) * (target.radius + 3) };
  const middle = { x: (source.x + end.x) / 2 - dy * bend, y: (source.y + end.y) / 2 + dx * bend };
  return svg('path', {
    class: 'graph-line',
    d: `M${source.x.toFixed(1)} ${source.y.toFixed(1)} Q${middle.x.toFixed(1)} ${middle.y.toFixed(1)} ${end.x.toFixed(1)} ${end.y.toFixed(1)}`,
    'stroke-width': (0.8 + (weight / most) * 2.6).toFixed(1),
    'marker-end': isAbout ? 'url(#arrow)' : undefined,
    'data-from': source.id,
    'data-to': target.id,
  });
}

/** A shape for each type, so that colour is not the only sign. */
function nodeShape(node) {
  const { x, y, radius: r, entity } = node;
  const at = (dx, dy) => `${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}`;
  const shapes = {
    PERSON: () => svg('circle', { cx: x.toFixed(1), cy: y.toFixed(1), r }),
    ORGANIZATION: () => svg('rect', { x: (x - r * 0.9).toFixed(1), y: (y - r * 0.9).toFixed(1), width: r * 1.8, height: r * 1.8 }),
    PLACE: () => svg('path', { d: `M${at(0, -r * 1.2)} L${at(r * 1.2, 0)} L${at(0, r * 1.2)} L${at(-r * 1.2, 0)}z` }),
  };
  const triangle = () => svg('path', { d: `M${at(0, -r * 1.15)} L${at(r * 1.1, r * 0.85)} L${at(-r * 1.1, r * 0.85)}z` });
  return svg(
    'g',
    { class: `graph-node type-${typeClass(entity.type)}`, 'data-entity': entity.id, onclick: () => selectEntity(entity.id) },
    svg('title', {}, entity.name),
    (Object.hasOwn(shapes, entity.type) ? shapes[entity.type] : triangle)(),
    svg('text', { x: x.toFixed(1), y: (y + r + 11).toFixed(1) }, node.label),
  );
}

/** The selected name with its neighbours. */
function light() {
  const graph = $('svg', picture);
  if (!graph) return;
  const id = state.selected?.kind === 'entity' ? state.selected.id : undefined;
  const isThere = id && [...graph.querySelectorAll('.graph-node')].some((node) => node.dataset.entity === id);
  graph.classList.toggle('has-selection', Boolean(isThere));
  const near = new Set([id]);
  for (const line of graph.querySelectorAll('.graph-line')) {
    const { from, to } = line.dataset;
    const isNear = from === id || to === id;
    line.classList.toggle('lit', isNear);
    if (isNear) near.add(from).add(to);
  }
  for (const node of graph.querySelectorAll('.graph-node')) {
    node.classList.toggle('lit', near.has(node.dataset.entity));
    node.classList.toggle('chosen', node.dataset.entity === id);
  }
}

on(['annotation', 'hiddenTypes', 'confidence', 'graph'], () => state.tab === 'links' && showLinks());
on(['selected'], () => state.tab === 'links' && light());
