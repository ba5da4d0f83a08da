// The page's own Trusted Types policy. Its markup is parsed inert and read, never inserted; its script is the service worker.

const policy = globalThis.trustedTypes?.createPolicy('pressmark-page', { createHTML: (markup) => markup, createScriptURL: (url) => url });

/** XML of a document file as a tree that runs and loads nothing. */
export const parseXML = (markup) => new DOMParser().parseFromString(policy?.createHTML(markup) ?? markup, 'text/xml');

export const scriptURL = (url) => policy?.createScriptURL(url) ?? url;
