import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Aws, Duration, Names, Validations } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { Settings } from '../../shared/settings/settings.ts';
import {
  CORS_HEADERS,
  HSTS_SECONDS,
  PREFLIGHT_HEADERS,
  PREFLIGHT_SECONDS,
  SEARCH_PATHS,
  SEARCH_SECURITY_POLICY,
  SECURITY_HEADERS,
} from '../../shared/stack/response-headers.ts';
import { ROOT } from '../bundle/bundle.ts';
import type { AccessLogs } from '../common/access-logs.ts';
import { acknowledge } from '../common/findings.ts';
import { type BucketOwnerProps, PrivateBucket } from '../common/private-bucket.ts';

const PRICE_CLASSES = {
  '100': cloudfront.PriceClass.PRICE_CLASS_100,
  '200': cloudfront.PriceClass.PRICE_CLASS_200,
  all: cloudfront.PriceClass.PRICE_CLASS_ALL,
} as const satisfies Record<Settings['deployment']['priceClass'], cloudfront.PriceClass>;

/** The hosting of the site: a private bucket behind CloudFront, or only the bucket if the operator has another CDN. */
export class SiteHosting extends Construct {
  readonly bucket: PrivateBucket;
  readonly distribution: cloudfront.Distribution | undefined;
  /**
   * Public address of the site, without a trailing slash: the setting `site.baseUrl`, else the domain, else the
   * address of the distribution, else the address of the bucket, which is not public.
   */
  readonly siteUrl: string;

  constructor(scope: Construct, id: string, { accessLogs, settings }: BucketOwnerProps) {
    super(scope, id);
    const { domain } = settings.deployment;
    // Only the publish function writes into this bucket. The bucket keeps no versions, because all files come from the
    // table and withdrawn articles must be gone.
    this.bucket = new PrivateBucket(this, 'Bucket', { settings, accessLogs });
    if (settings.deployment.cloudFront) this.distribution = this.distribute(settings, accessLogs);
    if (domain?.hostedZoneId && this.distribution) {
      addRecords(this, domain.name, domain.hostedZoneId, this.distribution);
      for (const name of domain.aliases)
        addRecords(new Construct(this, name), name, domain.hostedZoneId, this.distribution);
    }
    const host =
      domain?.name ?? this.distribution?.distributionDomainName ?? this.bucket.bucketRegionalDomainName;
    this.siteUrl = settings.site.baseUrl ?? `https://${host}`;
  }

  private distribute(
    { deployment: { domain, priceClass, webAclArn }, site }: Settings,
    accessLogs: AccessLogs | undefined,
  ): cloudfront.Distribution {
    const behavior: cloudfront.BehaviorOptions = {
      origin: this.origin(),
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      // Feed readers in a browser send OPTIONS as a preflight request. The viewer function answers it.
      allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      compress: true,
      cachePolicy: this.cachePolicy(),
      functionAssociations: [
        {
          eventType: cloudfront.FunctionEventType.VIEWER_REQUEST,
          function: this.viewerFunction(
            'ViewerRequest',
            viewerRequestCode(domain),
            'folders have an index.html.',
          ),
        },
        {
          eventType: cloudfront.FunctionEventType.VIEWER_RESPONSE,
          function: this.viewerFunction(
            'ViewerResponse',
            codeOf('viewer-response.js'),
            'withdrawn articles are Gone, feeds name their hub.',
          ),
        },
      ],
    };
    const distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: 'Copydesk',
      defaultRootObject: 'index.html',
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      priceClass: PRICE_CLASSES[priceClass],
      ...(domain && {
        domainNames: [domain.name, ...domain.aliases],
        certificate: acm.Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
        // Every browser and feed reader of the last ten years supports TLS 1.2.
        minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      webAclId: webAclArn,
      // The site uses no cookies.
      ...(accessLogs?.ofReaders && { logBucket: accessLogs.ofReaders, logIncludesCookies: false }),
      defaultBehavior: {
        ...behavior,
        responseHeadersPolicy: this.responseHeaders(
          'Headers',
          'pages without scripts, feeds for everybody.',
          SECURITY_HEADERS['content-security-policy'],
        ),
      },
      ...(site.search && {
        additionalBehaviors: {
          [SEARCH_PATHS]: {
            ...behavior,
            responseHeadersPolicy: this.responseHeaders(
              'SearchHeaders',
              'the page of the search has a script.',
              SEARCH_SECURITY_POLICY,
            ),
          },
        },
      }),
      errorResponses: [
        // The time is short, because a missing file may be published at any moment.
        {
          httpStatus: 404,
          responseHttpStatus: 404,
          responsePagePath: '/404.html',
          ttl: Duration.seconds(10),
        },
      ],
    });
    Validations.of(distribution).acknowledge({
      id: 'Annotation::@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      reason: 'Nobody can list the bucket: the root is index.html, and query strings never reach the bucket.',
    });
    acknowledge(distribution, {
      CFR1: 'News is for readers everywhere. The web ACL of deployment.webAclArn can block a country.',
      ...(!webAclArn && {
        CFR2: 'The setting deployment.webAclArn adds a web ACL. Without it, requests reach only static files, by GET, HEAD and OPTIONS, without query string, cookie and body.',
      }),
      ...(!accessLogs && {
        CFR3: 'The setting deployment.accessLogs turns them on. They are off by default, because they contain addresses of readers.',
      }),
      ...(!domain && {
        CFR4: 'The default domain of CloudFront has a certificate that allows no other policy. The setting deployment.domain names a domain and a certificate, and requires TLS 1.2.',
      }),
    });
    return distribution;
  }

  /** Only this distribution may read the bucket. With LIST, S3 answers 404 instead of 403 for missing files. */
  private origin() {
    return S3BucketOrigin.withOriginAccessControl(this.bucket, {
      originAccessLevels: [cloudfront.AccessLevel.READ, cloudfront.AccessLevel.LIST],
      originAccessControl: new cloudfront.S3OriginAccessControl(this, 'OriginAccess', {
        originAccessControlName: this.nameOf('OriginAccess'),
        signing: cloudfront.Signing.SIGV4_ALWAYS,
      }),
    });
  }

  private cachePolicy() {
    return new cloudfront.CachePolicy(this, 'Cache', {
      cachePolicyName: this.nameOf('Cache'),
      comment: 'Copydesk: the Cache-Control of each object decides.',
      minTtl: Duration.seconds(0),
      // The default is for objects without Cache-Control.
      defaultTtl: Duration.minutes(1),
      // A wrong Cache-Control lasts for a day at most.
      maxTtl: Duration.days(1),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }

  private responseHeaders(id: string, serves: string, contentSecurityPolicy: string) {
    return new cloudfront.ResponseHeadersPolicy(this, id, {
      responseHeadersPolicyName: this.nameOf(id),
      comment: `Copydesk: ${serves}`,
      // CloudFront has separate fields for these headers.
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.seconds(HSTS_SECONDS), override: true },
        contentTypeOptions: { override: true },
        referrerPolicy: {
          referrerPolicy: SECURITY_HEADERS['referrer-policy'] as cloudfront.HeadersReferrerPolicy,
          override: true,
        },
      },
      corsBehavior: {
        accessControlAllowOrigins: [CORS_HEADERS['access-control-allow-origin']],
        accessControlAllowMethods: CORS_HEADERS['access-control-allow-methods'].split(', '),
        accessControlAllowHeaders: [PREFLIGHT_HEADERS['access-control-allow-headers'] ?? '*'],
        accessControlExposeHeaders: [CORS_HEADERS['access-control-expose-headers']],
        accessControlMaxAge: Duration.seconds(PREFLIGHT_SECONDS),
        accessControlAllowCredentials: false,
        originOverride: true,
      },
    });
  }

  private viewerFunction(id: string, code: string, does: string) {
    return new cloudfront.Function(this, id, {
      functionName: this.nameOf(id),
      comment: `Copydesk: ${does}`,
      runtime: cloudfront.FunctionRuntime.JS_2_0,
      code: cloudfront.FunctionCode.fromInline(code),
    });
  }

  /** A name that is unique in the account, because it contains the stack and the region. CloudFront requires one. */
  private nameOf(what: string): string {
    const unique = Names.uniqueResourceName(this, { maxLength: 30, separator: '-' });
    return `${unique}-${what}-${Aws.REGION}`;
  }
}

/** Creates the address records of a name in the operator's zone. */
function addRecords(
  scope: Construct,
  name: string,
  hostedZoneId: string,
  distribution: cloudfront.Distribution,
): void {
  // The zone may be a parent of the name. The CDK uses `zoneName` only to build the names of records. The name is passed
  // as `zoneName`, so that the records get it.
  const zone = route53.HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId, zoneName: name });
  const target = route53.RecordTarget.fromAlias(new CloudFrontTarget(distribution));
  new route53.ARecord(scope, 'Address', { zone, target });
  new route53.AaaaRecord(scope, 'Address6', { zone, target });
}

function codeOf(file: string): string {
  return readFileSync(path.join(ROOT, 'infra', 'constructs', file), 'utf8');
}

/** The code for requests, with the names of the site. The settings allow only host names, which need no escapes. */
function viewerRequestCode(domain: Settings['deployment']['domain']): string {
  const code = codeOf('viewer-request.js');
  if (domain === undefined) return code;
  return code
    .replace("DOMAIN = ''", `DOMAIN = '${domain.name}'`)
    .replace('ALIASES = []', `ALIASES = ${JSON.stringify(domain.aliases)}`);
}
