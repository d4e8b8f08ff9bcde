/**
 * CloudFront Function (runtime 2.0) for every request. It adds `index.html` to the address of a folder, and redirects
 * such an address without a slash at its end. The runtime has no modules, so this file has no import and no export.
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
  // The name of every file has a dot. Names of sections and tags have none.
  if (last.indexOf('.') !== -1) return request;
  return {
    statusCode: 301,
    statusDescription: 'Moved Permanently',
    headers: {
      // `./` makes the address relative, so that no request can redirect to another host.
      location: { value: `./${last}/` },
      'cache-control': { value: 'public, max-age=300' },
    },
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
