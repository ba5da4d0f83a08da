// Keeps the whole page for use without a network. The server writes the first line: the version of all files together, and their list.
// Files of two versions never meet: a new version is fetched as a whole, checked to be one, and used only when no tab shows the old one.
/* global VERSION, FILES */

const NAME = `pressmark-${VERSION}`;

async function install() {
  const cache = await caches.open(NAME);
  try {
    // One after the other: the page is in use meanwhile.
    for (const file of FILES) await cache.add(new Request(file, { cache: 'no-store', priority: 'low' }));
    // Whoever publishes while we fetch has changed the version by now.
    const now = await (await fetch('./sw.js', { cache: 'no-store' })).text();
    if (!now.startsWith(`const VERSION = "${VERSION}"`)) throw new Error('published while it was fetched');
  } catch (error) {
    await caches.delete(NAME);
    throw error;
  }
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith('pressmark-') && name !== NAME) await caches.delete(name);
}

async function answer(request) {
  const cache = await caches.open(NAME);
  return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
}

addEventListener('install', (event) => event.waitUntil(install()));
addEventListener('activate', (event) => event.waitUntil(activate()));
addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  if (method === 'GET' && new URL(url).origin === location.origin) event.respondWith(answer(event.request));
});
