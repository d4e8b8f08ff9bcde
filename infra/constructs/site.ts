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

/** What readers see: a private bucket, behind CloudFront unless the operator has a CDN of their own. */
export class Site extends Construct {
  readonly bucket: PrivateBucket;
  /** Absent where the settings leave CloudFront out. */
  readonly distribution: cloudfront.Distribution | undefined;
  /**
   * Public address of the site, without a trailing slash: the setting, or the domain, or the address that CloudFront
   * gives. Without any of them the bucket's own, under which its objects have their keys, though it lets nobody in.
   */
  readonly siteUrl: string;

  constructor(scope: Construct, id: string, { accessLogs, settings }: SiteProps) {
    super(scope, id);
    const { domain } = settings.deployment;
    // Only the publish function writes it: a deployment that put files here would fight with it. No versions: all of
    // it is rendered from the table, and what was withdrawn must be gone.
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
        // Every browser and feed reader of the last ten years has it.
        minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      webAclId: webAclArn,
      // Cookies are neither asked for nor forwarded.
      ...(accessLogs?.ofReaders && { logBucket: accessLogs.ofReaders, logIncludesCookies: false }),
      defaultBehavior: {
        origin: this.origin(),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        // OPTIONS for the preflight of feed readers in a browser: the viewer function answers it.
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
        // Ten seconds: what is missing may be published at any moment.
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
      CFR1: 'News is for readers everywhere; whoever must shut out a country can do so by the web ACL of deployment.webAclArn.',
      ...(!webAclArn && {
        CFR2: 'The setting deployment.webAclArn puts a web ACL in front. Without one, requests reach static files only: GET, HEAD and OPTIONS, no query string, no cookie, no body.',
      }),
      ...(!accessLogs && {
        CFR3: 'The setting deployment.accessLogs writes them. Off by default: they hold addresses of readers, which one keeps for a purpose.',
      }),
      ...(!domain && {
        CFR4: "CloudFront's own domain comes with CloudFront's own certificate, and that allows no other policy; the setting deployment.domain gives both of one's own, with TLS 1.2.",
      }),
    });
    return distribution;
  }

  /** The addresses of the domain, in the operator's zone. */
  private nameIt(name: string, hostedZoneId: string, distribution: cloudfront.Distribution): void {
    // The zone may stand for a parent of the domain. Named as the domain itself it makes records of exactly that
    // name, which is all that the CDK takes it for.
    const zone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName: name });
    const target = route53.RecordTarget.fromAlias(new CloudFrontTarget(distribution));
    new route53.ARecord(this, 'Address', { zone, target });
    new route53.AaaaRecord(this, 'Address6', { zone, target });
  }

  /** Only this distribution may read the bucket; LIST, so that S3 says 404 of what is missing, and not 403. */
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
      // For an object that says nothing.
      defaultTtl: Duration.minutes(1),
      // A wrong Cache-Control does harm for a day at most.
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
   * CloudFront names these things for the whole account and has no way to choose a name itself: the stack and the
   * region keep two deployments apart.
   */
  private nameOf(what: string): string {
    const unique = Names.uniqueResourceName(this, { maxLength: 30, separator: '-' });
    return `${unique}-${what}-${Aws.REGION}`;
  }
}
