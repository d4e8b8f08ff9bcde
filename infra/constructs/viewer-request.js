/**
 * CloudFront Function (runtime 2.0), at every request: a folder has an `index.html`, and an address of a folder
 * ends with a slash. The runtime knows no modules, so that this file has no import and no export.
 */

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name
function handler(event) {
  var request = event.request;
  if (request.method === 'OPTIONS') return preflight();

  var uri = request.uri;
  var last = uri.slice(uri.lastIndexOf('/') + 1);
  if (last === '') {
    request.uri = `${uri}index.html`;
    return request;
  }
  // A file has a dot in its name; no section and no tag has.
  if (last.indexOf('.') !== -1) return request;
  return {
    statusCode: 301,
    statusDescription: 'Moved Permanently',
    headers: {
      // Relative, and with `./` before it: nothing in the address of a request may lead to another host.
      location: { value: `./${last}/` },
      'cache-control': { value: 'public, max-age=300' },
    },
  };
}

/** A browser asks before it sends If-None-Match to another origin; S3 would answer 403. */
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
