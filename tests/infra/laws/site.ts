import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { typedTarget } from '../../../shared/model/typed-addresses.ts';
import { readSettings } from '../../../shared/settings/settings.ts';
import {
  ANSWER_LINK,
  ANSWER_LOCATION,
  ANSWER_STATUS,
  CORS_HEADERS,
  locationWith,
  PREFLIGHT_HEADERS,
  policyAt,
  SEARCH_PATHS,
  SECURITY_HEADERS,
} from '../../../shared/stack/response-headers.ts';
import { resourcesOf, templateOf } from '../template.ts';

interface Answer {
  statusCode: number;
  statusDescription?: string;
  headers: Record<string, { value: string }>;
}

interface ViewerResponse {
  statusCode: number;
  headers: Record<string, { value: string }>;
}

interface ViewerRequest {
  method: string;
  uri: string;
  headers: Record<string, { value: string }>;
  querystring?: Record<string, { value: string; multiValue?: { value: string }[] }>;
}

/** The code for requests as a template has it. */
const codeIn = (template: typeof plain): string =>
  resourcesOf(template, 'AWS::CloudFront::Function').find(([id]) => id.includes('ViewerRequest'))?.[1]
    .Properties.FunctionCode;
const handlerOf = (code: string): ((event: { request: ViewerRequest }) => { uri: string } & ViewerResponse) =>
  runInNewContext(`${code}; handler`, {});

const plain = templateOf();
const code = codeIn(plain);
const handler = handlerOf(code);
const request = (uri: string, method = 'GET') =>
  handler({ request: { method, uri, headers: { host: { value: 'd111111abcdef8.cloudfront.net' } } } });

describe('at every request', () => {
  test.each([
    ['/', '/index.html'],
    ['/world/', '/world/index.html'],
    ['/tags/rates/', '/tags/rates/index.html'],
    ['/feed.xml', '/feed.xml'],
    ['/articles/a-b-abcdefgh.html', '/articles/a-b-abcdefgh.html'],
    ['/world/feed.json', '/world/feed.json'],
    ['/%D0%B0/', '/%D0%B0/index.html'],
  ])('%s is the object %s', (uri, object) => expect(request(uri).uri).toBe(object));

  test.each([
    ['/world', 'https://news.example/world/'],
    ['/tags/rates', 'https://news.example/tags/rates/'],
    ['/javascript:alert(1)', 'https://news.example/javascript:alert(1)/'],
  ])('%s moves to %s', (uri, address) => {
    const response = request(uri);
    expect(response.statusCode).toBe(301);
    expect(new URL(response.headers.location?.value ?? '', `https://news.example${uri}`).href).toBe(address);
  });

  test('a redirection keeps the query', () => {
    const headers = { host: { value: 'd111111abcdef8.cloudfront.net' } };
    const both = { value: 'a', multiValue: [{ value: 'a' }, { value: 'b%20c' }] };
    const querystring = { utm_source: { value: 'mail' }, flag: { value: '' }, x: both };
    const { location } = handler({ request: { method: 'GET', uri: '/world', headers, querystring } }).headers;
    expect(location?.value).toBe('./world/?utm_source=mail&flag&x=a&x=b%20c');
  });

  test.each([
    ['/rss', '/feed.xml'],
    ['/feed/', '/feed.xml'],
    ['/subscribe', '/subscribe.html'],
    ['/world/feed', '/world/feed.xml'],
    ['/world/subscribe/', '/world/subscribe.html'],
    ['/tags/ports/rss', '/tags/ports/feed.xml'],
    // Tags and authors can have these names.
    ['/tags/rss', '/tags/rss/'],
    ['/authors/feed', '/authors/feed/'],
    ['/articles/feed', '/articles/feed/'],
  ])('%s, which people type, leads to %s, as on the laptop', (uri, target) => {
    const location = request(uri).headers.location?.value ?? '';
    expect(new URL(location, `https://news.example${uri}`).pathname).toBe(target);
    expect(typedTarget(uri)).toBe(target.endsWith('/') ? undefined : location);
  });

  test.each([
    '//evil',
    '//evil/x',
    '/\\evil',
    '/\\\\evil',
    '///evil',
    '/%2f%2fevil',
    '/x//evil',
    '/\t/evil',
    '/@evil',
  ])('%j moves to no other host', uri => {
    const location = request(uri).headers.location?.value ?? '';
    expect(new URL(location, new URL(`https://news.example${uri}`)).host).toBe('news.example');
  });

  test('a preflight is answered with the headers that the laptop gives', () => {
    const { statusCode, headers } = request('/feed.json', 'OPTIONS');
    expect(statusCode).toBe(204);
    const given = Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]));
    expect({ ...SECURITY_HEADERS, ...CORS_HEADERS, ...PREFLIGHT_HEADERS }).toMatchObject(given);
    expect(given).toMatchObject(PREFLIGHT_HEADERS);
  });

  test('is small enough for CloudFront', () => expect(Buffer.byteLength(code)).toBeLessThan(10_240));
});

describe('at a request under another name of the site', () => {
  const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/1';
  const settings = (aliases: string[]) => ({
    deployment: { domain: { name: 'Example.org', aliases, certificateArn } },
  });
  const named = handlerOf(codeIn(templateOf(settings(['WWW.example.org', 'old.example']))));
  const under = (host: string, uri: string, method = 'GET', querystring = {}) =>
    named({ request: { method, uri, querystring, headers: { host: { value: host } } } });

  test('the query moves with the address', () => {
    const querystring = {
      q: { value: 'a%26b' },
      tag: { value: 'x', multiValue: [{ value: 'x' }, { value: 'y' }] },
      bare: { value: '' },
    };
    const { headers } = under('www.example.org', '/search/', 'GET', querystring);
    expect(headers.location?.value).toBe('https://example.org/search/?q=a%26b&tag=x&tag=y&bare');
  });

  test.each([
    ['www.example.org', '/', 'https://example.org/'],
    ['WWW.Example.ORG', '/', 'https://example.org/'],
    ['old.example', '/world/feed.xml', 'https://example.org/world/feed.xml'],
    // The domain adds the slash, with its own redirection.
    ['www.example.org', '/world', 'https://example.org/world'],
    ['www.example.org', '//evil/x', 'https://example.org//evil/x'],
    ['www.example.org', '/@evil', 'https://example.org/@evil'],
    ['www.example.org', '/%D0%B0/', 'https://example.org/%D0%B0/'],
  ])('%s%s moves to %s', (host, uri, address) => {
    const { statusCode, headers } = under(host, uri);
    expect([statusCode, headers.location?.value]).toEqual([301, address]);
    expect(new URL(headers.location?.value ?? '').host).toBe('example.org');
  });

  test.each(['example.org', 'Example.Org', 'd111111abcdef8.cloudfront.net', 'www.example.org.evil'])(
    '%s is served',
    host => expect(under(host, '/world/').uri).toBe('/world/index.html'),
  );

  test('a preflight is answered under every name, because browsers follow no redirection of one', () => {
    expect(under('www.example.org', '/feed.json', 'OPTIONS').statusCode).toBe(204);
  });

  test.each([
    [['example.org'], /only once/],
    [['www.example.org', 'www.EXAMPLE.org'], /only once/],
    [["x';alert(1)//"], /a domain name/],
    [['https://www.example.org'], /a domain name/],
  ])('%j is refused', (aliases, why) => {
    expect(() => readSettings(settings(aliases))).toThrow(why);
  });
});

describe('at every answer', () => {
  const source = readFileSync('infra/constructs/viewer-response.js', 'utf8');
  const answer: (event: { response: Answer }) => Answer = runInNewContext(`${source}; handler`, {});
  const given = (statusCode: number, headers: Answer['headers'] = {}) =>
    answer({ response: { statusCode, headers } }).statusCode;
  const gone = { [`x-amz-meta-${ANSWER_STATUS}`]: { value: '410' } };

  test('a feed names itself and its hub, also where the answer is 304', () => {
    const link = { value: '<https://news.example/feed.json>; rel="self", <https://hub.example/>; rel="hub"' };
    const headers = { [`x-amz-meta-${ANSWER_LINK}`]: link };
    for (const statusCode of [200, 304])
      expect(answer({ response: { statusCode, headers: { ...headers } } }).headers.link).toEqual(link);
    expect(answer({ response: { statusCode: 200, headers: {} } }).headers.link).toBeUndefined();
  });

  test('what was withdrawn is gone; everything else stays as it is', () => {
    expect(given(200, gone)).toBe(410);
    // Robots that ask for the first bytes must learn it too.
    expect(given(206, gone)).toBe(410);
    expect(given(304, gone)).toBe(304);
    expect(given(200)).toBe(200);
    expect(given(200, { [`x-amz-meta-${ANSWER_STATUS}`]: { value: '500' } })).toBe(200);
  });
});

describe('at an address that leads to another one', () => {
  const source = readFileSync('infra/constructs/viewer-response.js', 'utf8');
  const answer: (event: { response: Answer; request: { querystring: object } }) => Answer = runInNewContext(
    `${source}; handler`,
    {},
  );
  const answered = (statusCode: number, location: string | undefined, querystring: object = {}) => {
    const headers: Answer['headers'] = { [`x-amz-meta-${ANSWER_STATUS}`]: { value: '301' } };
    if (location !== undefined) headers[`x-amz-meta-${ANSWER_LOCATION}`] = { value: location };
    const { statusCode: status, headers: given } = answer({
      response: { statusCode, headers },
      request: { querystring },
    });
    return [status, given.location?.value];
  };
  const query = {
    ref: { value: 'mail' },
    tag: { value: 'a', multiValue: [{ value: 'a' }, { value: 'b%26c' }] },
  };

  test.each([
    ['/articles/ferry-abcdefghij234567.html', {}, ''],
    ['/articles/ferry-abcdefghij234567.html', query, '?ref=mail&tag=a&tag=b%26c'],
    ['https://archive.example/ferry?from=news', query, '?ref=mail&tag=a&tag=b%26c'],
  ])('the answer is 301 to %s, with the query', (location, querystring, written) => {
    const target = locationWith(location, written);
    expect(answered(200, location, querystring)).toEqual([301, target]);
    expect(answered(206, location, querystring)).toEqual([301, target]);
    expect(target.split('?')).toHaveLength(location.includes('?') || written ? 2 : 1);
  });

  test('the answer stays if the browser has it, or if there is no target', () => {
    expect(answered(304, '/about/')).toEqual([304, undefined]);
    expect(answered(200, undefined)).toEqual([200, undefined]);
  });
});

describe('distribution', () => {
  const template = templateOf();
  const [[, distribution] = []] = resourcesOf(template, 'AWS::CloudFront::Distribution');
  const config = distribution?.Properties.DistributionConfig;
  const policies = resourcesOf(template, 'AWS::CloudFront::ResponseHeadersPolicy').map(
    ([id, { Properties }]) => [id, Properties.ResponseHeadersPolicyConfig] as const,
  );
  const policyOf = (behavior: { ResponseHeadersPolicyId: { Ref: string } }) =>
    policies.find(([id]) => id === behavior.ResponseHeadersPolicyId.Ref)?.[1] ?? {};
  const { SecurityHeadersConfig: security, CorsConfig: cors } = policyOf(config.DefaultCacheBehavior);

  test('sends every header of the list, and lets no object override one', () => {
    const sent = {
      'content-security-policy': security.ContentSecurityPolicy.ContentSecurityPolicy,
      'strict-transport-security': `max-age=${security.StrictTransportSecurity.AccessControlMaxAgeSec}`,
      'x-content-type-options': security.ContentTypeOptions && 'nosniff',
      'referrer-policy': security.ReferrerPolicy.ReferrerPolicy,
      'access-control-allow-origin': cors.AccessControlAllowOrigins.Items.join(', '),
      'access-control-allow-methods': cors.AccessControlAllowMethods.Items.join(', '),
      'access-control-expose-headers': cors.AccessControlExposeHeaders.Items.join(', '),
    };
    expect(sent).toEqual({ ...SECURITY_HEADERS, ...CORS_HEADERS });
    for (const header of Object.values<{ Override: boolean }>(security)) expect(header.Override).toBe(true);
    expect(cors.OriginOverride).toBe(true);
  });

  test('only the files of the search have another policy, and it allows scripts of the site alone', () => {
    const [search, ...others] = config.CacheBehaviors;
    expect(others).toEqual([]);
    const { PathPattern, ResponseHeadersPolicyId, ...behavior } = search;
    expect(PathPattern).toBe(SEARCH_PATHS);
    const { ResponseHeadersPolicyId: _, ...same } = config.DefaultCacheBehavior;
    expect(behavior).toEqual(same);
    const { ContentSecurityPolicy: csp, ...rest } = policyOf(search).SecurityHeadersConfig;
    const { ContentSecurityPolicy: __, ...usual } = security;
    expect(rest).toEqual(usual);
    expect(csp).toEqual({ ContentSecurityPolicy: policyAt('/search/', ''), Override: true });
    expect(csp.ContentSecurityPolicy).not.toContain('unsafe');
    const scripts = csp.ContentSecurityPolicy.split('; ').filter((each: string) =>
      /script|connect/.test(each),
    );
    expect(scripts).toEqual(["script-src 'self'", "connect-src 'self'"]);
    const without = templateOf({ site: { search: false } });
    const [[, plain] = []] = resourcesOf(without, 'AWS::CloudFront::Distribution');
    expect(plain?.Properties.DistributionConfig.CacheBehaviors).toBeUndefined();
  });

  test('pages run no script, wherever it came from', () => {
    const directives = new Map(
      SECURITY_HEADERS['content-security-policy'].split('; ').map(directive => {
        const [name, ...sources] = directive.split(' ');
        return [name, sources];
      }),
    );
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect([...directives.keys()].filter(name => name?.startsWith('script-src'))).toEqual([]);
    expect(SECURITY_HEADERS['content-security-policy']).not.toContain('unsafe');
  });

  test('is https, HTTP/2 and 3, compressed; the origin decides how long to cache', () => {
    expect(config).toMatchObject({
      HttpVersion: 'http2and3',
      DefaultRootObject: 'index.html',
      DefaultCacheBehavior: { Compress: true, ViewerProtocolPolicy: 'redirect-to-https' },
      CustomErrorResponses: [{ ErrorCode: 404, ResponseCode: 404, ResponsePagePath: '/404.html' }],
    });
    const [[, cache] = []] = resourcesOf(template, 'AWS::CloudFront::CachePolicy');
    const {
      MinTTL,
      DefaultTTL,
      ParametersInCacheKeyAndForwardedToOrigin: key,
    } = cache?.Properties.CachePolicyConfig ?? {};
    expect([MinTTL, DefaultTTL]).toEqual([0, 60]);
    expect(key).toMatchObject({
      EnableAcceptEncodingGzip: true,
      EnableAcceptEncodingBrotli: true,
      // A query string neither reaches the bucket, which could list itself, nor fills the cache.
      QueryStringsConfig: { QueryStringBehavior: 'none' },
    });
  });

  test('what is missing is looked for again soon', () => {
    expect(config.CustomErrorResponses[0].ErrorCachingMinTTL).toBeLessThanOrEqual(60);
  });
});
