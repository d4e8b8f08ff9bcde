/** Expressions that run in the page, as text: the project's own code knows no browser. */

/** By how many pixels the page is wider than the window; 0 where nothing must be scrolled sideways. */
export const OVERFLOW =
  'Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)';

/** Elements that stick out of the window to the right, for the message of a failure. */
export const STICKING_OUT = `[...document.querySelectorAll('*')]
  .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 5)
  .map(element => element.outerHTML?.slice(0, 120) ?? element.tagName)`;

const COLOURS = `
  const channels = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const isClear = colour => channels(colour)[3] === 0;
  const luminance = colour => {
    const [r, g, b] = channels(colour).map(value => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const canvas = () => (matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(0, 0, 0)' : 'rgb(255, 255, 255)');
  const behind = element => {
    for (let at = element; at instanceof Element; at = at.parentNode) {
      const { backgroundColor } = getComputedStyle(at);
      if (!isClear(backgroundColor)) return backgroundColor;
    }
    return canvas();
  };`;

/** Relative luminance (WCAG 2.2) of the page's background and of its text, from 0 to 1. */
export const LUMINANCE = `(() => {${COLOURS}
  const body = document.body ?? document.documentElement;
  return { background: luminance(behind(body)), text: luminance(getComputedStyle(body).color) };
})()`;

/** What of an XML document a person sees, and how well: the texts with their contrast (WCAG 2.2). */
export const SEEN_TEXTS = `(() => {${COLOURS}
  const seen = [];
  for (const element of document.querySelectorAll('*')) {
    const own = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('').trim();
    if (own === '' || !element.checkVisibility() || element.getClientRects().length === 0) continue;
    const [light, dark] = [luminance(getComputedStyle(element).color), luminance(behind(element))].sort((a, b) => b - a);
    seen.push({ name: element.tagName, text: own, contrast: (light + 0.05) / (dark + 0.05) });
  }
  return seen;
})()`;

/** The links that a person sees: their text, and their height in pixels. */
export const LINKS = `[...document.querySelectorAll('a[href]')]
  .filter(link => link.checkVisibility())
  .map(link => ({ name: link.textContent.trim(), height: link.getBoundingClientRect().height }))`;

/** Width of the outline of the element with the focus, in pixels: 0 where there is none. */
export const FOCUS_OUTLINE = `(({ outlineStyle, outlineWidth }) =>
  outlineStyle === 'none' ? 0 : parseFloat(outlineWidth))(getComputedStyle(document.activeElement))`;

/** Before anything of the page runs: notes what the page's own policy forbids. */
export const NOTE_VIOLATIONS = `window.policyViolations = [];
document.addEventListener('securitypolicyviolation', event => {
  window.policyViolations.push(event.violatedDirective + ' ' + event.blockedURI);
});`;

export const VIOLATIONS = 'window.policyViolations';

/** Pictures that are shown and could not be loaded. */
export const BROKEN_IMAGES = `[...document.images]
  .filter(image => image.complete && image.naturalWidth === 0)
  .map(image => image.src)`;

/** Addresses of pictures that are shown in another shape than their own, other than by cutting or by margins. */
export const STRETCHED = `[...document.images]
  .filter(image => image.naturalHeight > 0 && getComputedStyle(image).objectFit === 'fill')
  .filter(({ naturalWidth, naturalHeight, width, height }) =>
    Math.abs((width * naturalHeight) / (height * naturalWidth) - 1) > 0.02)
  .map(({ src }) => src)`;

/** Pictures of an article that are taller than the window. */
export const TOO_TALL = `[...document.querySelectorAll('.lead-image img, .body img')]
  .filter(({ height }) => height > innerHeight)
  .map(({ src }) => src)`;

/** Longest word that a page must not tear, in letters. Longer ones need hyphens, which not every browser has. */
const MAX_WHOLE_LETTERS = 16;

/**
 * Ordinary words of headlines, summaries and small print that stand on two lines, torn where a browser has no hyphens
 * for their language.
 */
export const TORN_WORDS = `(() => {
  document.styleSheets[0].insertRule('* { hyphens: manual !important; }', document.styleSheets[0].cssRules.length);
  const torn = [];
  for (const element of document.querySelectorAll('h1, h2, .summary, .kicker, .byline bdi, .headline a, .masthead li a')) {
    if (!element.checkVisibility()) continue;
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode())
      for (const { index, 0: word } of node.data.matchAll(/[\\p{L}\\p{M}]{2,${MAX_WHOLE_LETTERS}}(?![\\p{L}\\p{M}])(?<![\\p{L}\\p{M}]{${MAX_WHOLE_LETTERS + 1}})/gu)) {
        if (/[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}]/u.test(word)) continue;
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) torn.push(word);
      }
  }
  return torn;
})()`;

/** Number of headlines of stories that stand in the window as a whole. */
export const HEADLINES_IN_VIEW = `[...document.querySelectorAll('.story h2')]
  .filter(headline => headline.checkVisibility() && headline.getBoundingClientRect().bottom <= innerHeight).length`;

/** At how many places each column of the stories begins: at one where it is in line, at none where there is no story. */
export const COLUMNS = `['.river .stamp', '.river h2'].map(part =>
  [...new Set([...document.querySelectorAll(part)].map(cell => Math.round(cell.getBoundingClientRect().x)))].length)`;

/** Sends requests to an origin in every way that a page can; gives what it could read of the answers. */
export const TRY_ALL = `async ({ target, attempts }) => {
  const read = [];
  const add = (tag, properties) => {
    const element = Object.assign(document.createElement(tag), properties);
    document.body.append(element);
    return element;
  };
  for (const { path, method, headers, body } of attempts)
    for (const mode of ['cors', 'no-cors']) {
      try {
        const text = await (await fetch(target + path, { method, mode, headers, body })).text();
        if (text) read.push('fetch ' + mode + ': ' + text);
      } catch {}
      if (body && mode === 'no-cors') navigator.sendBeacon(target + path, body);
    }
  for (const { path, method, body = '{}' } of attempts) {
    if (method === 'GET') for (const tag of ['img', 'script']) add(tag, { src: target + path });
    const frame = add('iframe', { name: 'frame' + Math.random() });
    const form = add('form', { action: target + path, method: 'post', enctype: 'text/plain', target: frame.name });
    const field = document.createElement('textarea');
    // A form sends NAME=VALUE: so it is JSON.
    Object.assign(field, { name: body.slice(0, -1) + ',"a":"', value: '"}' });
    form.append(field);
    form.submit();
  }
  add('iframe', { src: target });
  await new Promise(resolve => {
    const socket = new WebSocket(target.replace('http', 'ws'));
    socket.onopen = () => resolve(read.push('WebSocket opened'));
    socket.onerror = resolve;
  });
  await new Promise(resolve => setTimeout(resolve, 500));
  for (const frame of document.querySelectorAll('iframe')) {
    try {
      const text = frame.contentDocument?.body.textContent;
      if (text) read.push('frame: ' + text);
    } catch {}
  }
  return read;
}`;
