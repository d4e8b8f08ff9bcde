/**
 * CloudFront Function (runtime 2.0) for every response. It answers 410 (Gone) with the page of a withdrawn article, and 301
 * at an address that leads to another one, because S3 answers 200 for every object. It gives feeds their `Link` header,
 * because S3 keeps none. The metadata are `ANSWER_STATUS`, `ANSWER_LOCATION` and `ANSWER_LINK` of
 * shared/stack/response-headers.ts. The runtime has no modules, so this file has no import and no export.
 */

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name
function handler(event) {
  var response = event.response;
  var status = response.headers['x-amz-meta-answer-status'];
  // A 304 is not changed, because the browser already has the page. Robots ask for the first bytes, and S3 answers 206.
  var isPage = response.statusCode === 200 || response.statusCode === 206;
  if (status && status.value === '410' && isPage) {
    response.statusCode = 410;
    response.statusDescription = 'Gone';
  }
  var location = response.headers['x-amz-meta-answer-location'];
  if (status && status.value === '301' && location && isPage) {
    response.statusCode = 301;
    response.statusDescription = 'Moved Permanently';
    response.headers.location = { value: withQuery(location.value, event.request) };
  }
  var link = response.headers['x-amz-meta-answer-link'];
  if (link) response.headers.link = { value: link.value };
  return response;
}

/** `locationWith` of shared/stack/response-headers.ts. The parts of the query are encoded. */
function withQuery(location, request) {
  var parts = [];
  Object.keys(request.querystring || {}).forEach(name => {
    var part = request.querystring[name];
    (part.multiValue || [part]).forEach(each => {
      parts.push(each.value === '' ? name : `${name}=${each.value}`);
    });
  });
  if (parts.length === 0) return location;
  return location + (location.indexOf('?') === -1 ? '?' : '&') + parts.join('&');
}
