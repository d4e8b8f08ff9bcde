/**
 * CloudFront Function (runtime 2.0) for every response. It answers 410 (Gone) with the page of a withdrawn article,
 * because S3 answers 200 for every object, and gives feeds their `Link` header, because S3 keeps none. The metadata are
 * `ANSWER_STATUS` and `ANSWER_LINK` of shared/stack/response-headers.ts. The runtime has no modules, so this file has no
 * import and no export.
 */

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name
function handler(event) {
  var response = event.response;
  var status = response.headers['x-amz-meta-answer-status'];
  // A 304 is not changed, because the browser already has the page.
  if (status && status.value === '410' && response.statusCode === 200) {
    response.statusCode = 410;
    response.statusDescription = 'Gone';
  }
  var link = response.headers['x-amz-meta-answer-link'];
  if (link) response.headers.link = { value: link.value };
  return response;
}
