// The package's one Trusted Types policy. Its markup is parsed inert and never inserted; its script URLs are the package's own worker.

let policy;

function own() {
  if (!globalThis.trustedTypes) return undefined;
  policy ??= globalThis.trustedTypes.createPolicy('pressmark', { createHTML: (markup) => markup, createScriptURL: (url) => url });
  return policy;
}

export const trustedScriptURL = (url) => own()?.createScriptURL(url) ?? url;

/** Parses markup into a document that runs nothing, loads nothing and is never shown. */
export function parseInert(markup) {
  return new DOMParser().parseFromString(own()?.createHTML(markup) ?? markup, 'text/html');
}
