/**
 * CloudFront Function (runtime 2.0) for every request. It adds `index.html` to the address of a folder, and redirects
 * such an address without a slash at its end. It redirects other names of the site to its domain, and addresses that
 * people type to the feeds. The runtime has no
 * modules, so this file has no import and no export.
 */

/** Domain of the site, and its other names. The deployment fills them in. */
var DOMAIN = '';
var ALIASES = [];

/** `TYPED_ADDRESSES` of shared/model/typed-addresses.ts, and where they hold. */
var TYPED =
  /^\/(?:(?!(?:tags|authors|articles|archive|media|assets|sitemaps)\/)[^/]+\/|(?:tags|authors)\/[^/]+\/)?(rss|feed|subscribe)(\/?)$/;

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name
function handler(event) {
  var request = event.request;
  if (request.method === 'OPTIONS') return preflight();

  var uri = request.uri;
  var host = request.headers.host;
  if (host && ALIASES.indexOf(host.value.toLowerCase()) !== -1)
    return moved(`https://${DOMAIN}${uri}${queryOf(request)}`);
  var typed = TYPED.exec(uri);
  if (typed)
    return moved((typed[2] ? '../' : './') + (typed[1] === 'subscribe' ? 'subscribe.html' : 'feed.xml'));
  var last = uri.slice(uri.lastIndexOf('/') + 1);
  if (last === '') {
    request.uri = `${uri}index.html`;
    return request;
  }
  // The name of every file has a dot. Names of sections and tags have none.
  if (last.indexOf('.') !== -1) return request;
  // `./` makes the address relative, so that no request can redirect to another host.
  return moved(`./${last}/${queryOf(request)}`);
}

/** The query of a request with its question mark, because newsletters count readers by it. Its parts are encoded. */
function queryOf(request) {
  var parts = [];
  Object.keys(request.querystring || {}).forEach(name => {
    var part = request.querystring[name];
    (part.multiValue || [part]).forEach(each => {
      parts.push(each.value === '' ? name : `${name}=${each.value}`);
    });
  });
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

function moved(location) {
  return {
    statusCode: 301,
    statusDescription: 'Moved Permanently',
    headers: { location: { value: location }, 'cache-control': { value: 'public, max-age=300' } },
  };
}

/** The answer to a preflight request. Browsers send one before If-None-Match to another origin. S3 would answer 403. */
function preflight() {
  return {
    statusCode: 204,
    statusDescription: 'No Content',
    headers: {
      'access-control-allow-origin': { value: '*' },
      'access-control-allow-methods': { value: 'GET, HEAD' },
      'access-control-allow-headers': { value: '*' },
      'access-control-max-age': { value: '86400' },
    },
  };
}
