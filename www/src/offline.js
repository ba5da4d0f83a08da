// The page without a network: a service worker keeps all of it, in one version.

import { idle, pause } from './dom.js';
import { scriptURL } from './trusted.js';

/** Milliseconds in which the page that was just opened has the machine for itself: keeping it means to fetch all of it again. */
const LATER = 3000;

export async function startOffline({ say }) {
  if (!navigator.serviceWorker || !isSecureContext) return;
  await pause(LATER);
  await idle({ timeout: LATER });
  try {
    const registration = await navigator.serviceWorker.register(scriptURL('./sw.js'), { updateViaCache: 'none' });
    const tell = () => registration.waiting && navigator.serviceWorker.controller && say('A new version is ready: close all tabs of this page to get it.');
    tell();
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', tell));
  } catch {
    // The page works as well; it only needs the network.
  }
}
