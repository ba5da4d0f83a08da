// The page that shows Pressmark inside another page: a button that does what the bookmark does, and the bookmark itself.

import { toggle } from './bookmarklet.js';

const address = new URL('./bookmarklet.js', import.meta.url).href;
const bookmark = document.querySelector('#bookmark');
bookmark.setAttribute('href', `javascript:import(${JSON.stringify(address)}).then((pressmark)=>pressmark.toggle())`);
bookmark.addEventListener('click', (event) => {
  event.preventDefault();
  toggle();
});
document.querySelector('#read').addEventListener('click', toggle);
