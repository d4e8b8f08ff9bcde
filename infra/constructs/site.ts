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
  SECURITY_HEADERS,
} from '../../shared/stack/response-headers.ts';
import type { AccessLogs } from '../common/access-logs.ts';
import { acknowledge } from '../common/findings.ts';
import { PrivateBucket } from '../common/private-bucket.ts';

export interface SiteProps {
  accessLogs: AccessLogs | undefined;
  settings: Settings;
}

const PRICE_CLASSES = {
  '100': cloudfront.PriceClass.PRICE_CLASS_100,
  '200': cloudfront.PriceClass.PRICE_CLASS_200,
  all: cloudfront.PriceClass.PRICE_CLASS_ALL,
} as const satisfies Record<Settings['deployment']['priceClass'], cloudfront.PriceClass>;

/** The site for readers: a private bucket behind CloudFront, or without CloudFront if the operator has another CDN. */
export class Site extends Construct {
  readonly bucket: PrivateBucket;
  /** Absent if the settings turn CloudFront off. */
  readonly distribution: cloudfront.Distribution | undefined;
  /**
   * Public address of the site, without a trailing slash: the setting `site.baseUrl`, else the domain, else the
   * address of the distribution, else the address of the bucket, which is not public.
   */
  readonly siteUrl: string;

  constructor(scope: Construct, id: string, { accessLogs, settings }: SiteProps) {
    super(scope, id);
    const { domain } = settings.deployment;
    // Only the publish function writes here: files of a deployment would conflict with its files. No versions, because
    // all files are rendered from the table, and withdrawn articles must be gone.
    this.bucket = new PrivateBucket(this, 'Bucket', { settings, accessLogs });
    if (settings.deployment.cloudFront) this.distribution = this.distribute(settings.deployment, accessLogs);
    if (domain?.hostedZoneId && this.distribution)
      this.nameIt(domain.name, domain.hostedZoneId, this.distribution);
    const host =
      domain?.name ?? this.distribution?.distributionDomainName ?? this.bucket.bucketRegionalDomainName;
    this.siteUrl = settings.site.baseUrl ?? `https://${host}`;
  }

  private distribute(
    { domain, priceClass, webAclArn }: Settings['deployment'],
    accessLogs: AccessLogs | undefined,
  ): cloudfront.Distribution {
    const distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: 'Copydesk',
      defaultRootObject: 'index.html',
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      priceClass: PRICE_CLASSES[priceClass],
      ...(domain && {
        domainNames: [domain.name],
        certificate: acm.Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
        // Every browser and feed reader of the last ten years supports it.
        minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      webAclId: webAclArn,
      // The site uses no cookies.
      ...(accessLogs?.ofReaders && { logBucket: accessLogs.ofReaders, logIncludesCookies: false }),
      defaultBehavior: {
        origin: this.origin(),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        // OPTIONS for the preflight requests of feed readers in a browser. The viewer function answers them.
        allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
        compress: true,
        cachePolicy: this.cachePolicy(),
        responseHeadersPolicy: this.responseHeaders(),
        functionAssociations: [
          {
            eventType: cloudfront.FunctionEventType.VIEWER_REQUEST,
            function: this.viewerFunction(
              'ViewerRequest',
              'infra/constructs/viewer-request.js',
              'folders have an index.html.',
            ),
          },
          {
            eventType: cloudfront.FunctionEventType.VIEWER_RESPONSE,
            function: this.viewerFunction(
              'ViewerResponse',
              'infra/constructs/viewer-response.js',
              'what was withdrawn is Gone.',
            ),
          },
        ],
      },
      errorResponses: [
        // Ten seconds, because a missing file may be published at any moment.
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
      reason: 'The root is index.html, and query strings never reach the bucket: nobody can list it.',
    });
    acknowledge(distribution, {
      CFR1: 'News is for readers everywhere; the web ACL of deployment.webAclArn can block a country.',
      ...(!webAclArn && {
        CFR2: 'The setting deployment.webAclArn puts a web ACL in front. Without one, requests reach static files only: GET, HEAD and OPTIONS, no query string, no cookie, no body.',
      }),
      ...(!accessLogs && {
        CFR3: 'The setting deployment.accessLogs writes them. Off by default, because they contain addresses of readers.',
      }),
      ...(!domain && {
        CFR4: "CloudFront's own domain comes with CloudFront's own certificate, and that allows no other policy; the setting deployment.domain gives both of one's own, with TLS 1.2.",
      }),
    });
    return distribution;
  }

  /** Creates the address records of the domain in the operator's zone. */
  private nameIt(name: string, hostedZoneId: string, distribution: cloudfront.Distribution): void {
    // The real zone may be a parent of the domain. The CDK uses `zoneName` only to build record names, so this value
    // makes records with exactly the domain's name.
    const zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName: name });
    const target = route53.RecordTarget.fromAlias(new CloudFrontTarget(distribution));
    new route53.ARecord(this, 'Address', { zone, target });
    new route53.AaaaRecord(this, 'Address6', { zone, target });
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
      comment: 'Copydesk: what the Cache-Control of each object says.',
      minTtl: Duration.seconds(0),
      // For objects without Cache-Control.
      defaultTtl: Duration.minutes(1),
      // A wrong Cache-Control lasts for a day at most.
      maxTtl: Duration.days(1),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }

  private responseHeaders() {
    return new cloudfront.ResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyName: this.nameOf('Headers'),
      comment: 'Copydesk: pages without scripts, feeds for everybody.',
      // CloudFront takes these headers in fields of their own, not as free ones.
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          contentSecurityPolicy: SECURITY_HEADERS['content-security-policy'],
          override: true,
        },
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

  private viewerFunction(id: string, filePath: string, does: string) {
    return new cloudfront.Function(this, id, {
      functionName: this.nameOf(id),
      comment: `Copydesk: ${does}`,
      runtime: cloudfront.FunctionRuntime.JS_2_0,
      code: cloudfront.FunctionCode.fromFile({ filePath }),
    });
  }

  /**
   * A name that is unique in the account. CloudFront requires one and cannot choose it, so it contains the stack and
   * the region.
   */
  private nameOf(what: string): string {
    const unique = Names.uniqueResourceName(this, { maxLength: 30, separator: '-' });
    return `${unique}-${what}-${Aws.REGION}`;
  }
}
