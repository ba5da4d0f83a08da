// The one style sheet of highlights and marks, adopted where they are painted: a policy that forbids <style> allows that.

/** Colours are the caller's by custom properties; without them these pairs are told apart on light and dark, and by their line too. */
const COLOURS = {
  person: ['#1d5fd1', '#8ab4ff', 'solid'],
  organization: ['#8a3ffc', '#cfa8ff', 'double'],
  place: ['#0a7d43', '#6fd99b', 'dashed'],
  group: ['#a15c00', '#ffc27a', 'dotted'],
  event: ['#a8326a', '#ff9ccb', 'wavy'],
  work: ['#00707a', '#6fd6e0', 'solid'],
  product: ['#6b5b00', '#e0cf6a', 'solid'],
  date: ['#5b6470', '#aeb6c2', 'dotted'],
  money: ['#5b6470', '#aeb6c2', 'dotted'],
  percent: ['#5b6470', '#aeb6c2', 'dotted'],
  quantity: ['#5b6470', '#aeb6c2', 'dotted'],
};

function rules(prefix) {
  const own = (name) => `--${prefix}-${name}`;
  const line = (name, colour, style) =>
    `text-decoration:underline ${style} var(${own(name)},${colour}) from-font;text-decoration-thickness:var(${own('thickness')},2px);background-color:var(${own(`${name}-background`)},transparent);color:var(${own(`${name}-color`)},inherit)`;
  const css = [];
  const dark = [];
  for (const [name, [light, night, style]] of Object.entries(COLOURS)) {
    css.push(`::highlight(${prefix}-${name}){${line(name, light, style)}}`, `mark.${prefix}-${name}{${line(name, light, style)}}`);
    dark.push(`::highlight(${prefix}-${name}){text-decoration-color:var(${own(name)},${night})}`, `mark.${prefix}-${name}{text-decoration-color:var(${own(name)},${night})}`);
  }
  const quote = (light) => `background-color:var(${own('quote')},${light})`;
  const active = `background-color:var(${own('active')},#ffe45c);color:var(${own('active-color')},#000)`;
  css.push(
    `::highlight(${prefix}-quote){${quote('#b3261e1a')}}`,
    `.${prefix}-quote{${quote('#b3261e1a')}}`,
    `::highlight(${prefix}-reported){${quote('#b3261e0d')}}`,
    `::highlight(${prefix}-active){${active}}`,
    `mark.${prefix}-active,.${prefix}-quote.${prefix}-active,.${prefix}-active .${prefix}-mention,.${prefix}-active .${prefix}-quote{${active}}`,
    // The system's own colours; the line stays, so that a find is seen without colour.
    `@media (forced-colors:active){mark.${prefix}-mention{forced-color-adjust:auto;text-decoration:underline}.${prefix}-quote{border-block-end:1px dotted}}`,
  );
  return `${css.join('\n')}\n@media (prefers-color-scheme:dark){${dark.join('\n')}}`;
}

const sheets = new WeakMap();

/** Adopts the sheet at the root in which `element` lies; `release()` takes it back after the last user. */
export function adopt(element, prefix, styles = 'default') {
  if (styles === 'none') return { release() {} };
  const root = element.getRootNode();
  const scope = root.adoptedStyleSheets ? root : element.ownerDocument;
  const window = element.ownerDocument.defaultView;
  let known = sheets.get(scope);
  if (!known) sheets.set(scope, (known = new Map()));
  const key = typeof styles === 'object' ? styles : prefix;
  let entry = known.get(key);
  if (!entry) {
    let sheet = styles;
    if (typeof styles !== 'object') {
      sheet = new window.CSSStyleSheet();
      sheet.replaceSync(rules(prefix));
    }
    known.set(key, (entry = { sheet, users: 0 }));
    scope.adoptedStyleSheets = [...scope.adoptedStyleSheets, sheet];
  }
  entry.users++;
  let released = false;
  return {
    release() {
      if (released) return;
      released = true;
      if (--entry.users) return;
      known.delete(key);
      scope.adoptedStyleSheets = [...scope.adoptedStyleSheets].filter((sheet) => sheet !== entry.sheet);
    },
  };
}
