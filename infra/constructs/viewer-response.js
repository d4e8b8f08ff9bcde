/**
 * CloudFront Function (runtime 2.0), at every answer: what was withdrawn is Gone (410), which S3 cannot say of an
 * object that it holds. The runtime knows no modules, so that this file has no import and no export; the name of the
 * header is `ANSWER_STATUS` of shared/stack/response-headers.ts.
 */

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name
function handler(event) {
  var response = event.response;
  var status = response.headers['x-amz-meta-answer-status'];
  // A 304 stays one: the page that the browser has says the same.
  if (status && status.value === '410' && response.statusCode === 200) {
    response.statusCode = 410;
    response.statusDescription = 'Gone';
  }
  return response;
}
