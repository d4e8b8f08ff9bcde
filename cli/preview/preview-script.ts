/**
 * The script of the preview. It loads the page again after the file was saved, and keeps the place in the story. Without
 * it, people follow the link "Reload".
 */
export const PREVIEW_SCRIPT = `'use strict';
const status = document.querySelector('[role=status]');
const frame = document.querySelector('iframe');
const place = 'preview ' + location.pathname;
if (frame) {
  const kept = Number(sessionStorage.getItem(place) || 0);
  sessionStorage.removeItem(place);
  const restore = () => kept > 0 && frame.contentWindow.scrollTo(0, kept);
  frame.addEventListener('load', restore, { once: true });
  if (frame.contentDocument && frame.contentDocument.readyState === 'complete') restore();
}
let changes;
function listen() {
  changes = new EventSource('changes');
  changes.addEventListener('message', ({ data }) => {
    status.textContent = '';
    if (data === document.body.dataset.version) return;
    if (frame) sessionStorage.setItem(place, String(frame.contentWindow.scrollY));
    location.reload();
  });
  changes.addEventListener('error', () => {
    status.textContent = 'The preview has ended. Start the command again.';
  });
}
// Browsers allow six connections to a host, so only a page in view has one.
document.addEventListener('visibilitychange', () => {
  changes.close();
  if (!document.hidden) listen();
});
// A page that is left must not load again: that would end the way to the next one.
addEventListener('beforeunload', () => changes.close());
listen();
`;
