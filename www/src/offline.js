// The page without a network: a service worker keeps all of it, in one version.

import { scriptURL } from './trusted.js';

export async function startOffline({ say }) {
  if (!navigator.serviceWorker || !isSecureContext) return;
  try {
    const registration = await navigator.serviceWorker.register(scriptURL('./sw.js'), { updateViaCache: 'none' });
    const tell = () => registration.waiting && navigator.serviceWorker.controller && say('A new version is ready: close all tabs of this page to get it.');
    tell();
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', tell));
  } catch {
    // The page works as well; it only needs the network.
  }
}
