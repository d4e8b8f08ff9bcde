import { Aws, Duration, Names, Validations } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import {
  CORS_HEADERS,
  HSTS_SECONDS,
  PREFLIGHT_HEADERS,
  PREFLIGHT_SECONDS,
  SECURITY_HEADERS,
} from '../shared/response-headers.ts';
import type { Settings } from '../shared/settings.ts';
import { PrivateBucket } from './private-bucket.ts';

export interface NewsstandProps {
  settings: Settings;
}

/** What readers see: a private bucket behind CloudFront. */
export class Newsstand extends Construct {
  readonly bucket: PrivateBucket;
  readonly distribution: cloudfront.Distribution;
  /** Public address of the site, without a trailing slash: the setting, or the address that CloudFront gives. */
  readonly siteUrl: string;

  constructor(scope: Construct, id: string, { settings }: NewsstandProps) {
    super(scope, id);
    // Only the publish function writes it: a deployment that put files here would fight with it.
    this.bucket = new PrivateBucket(this, 'Bucket');
    this.distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: 'Copydesk',
      defaultRootObject: 'index.html',
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      // North America, Europe and Israel: the cheapest. Others are served too, from farther away.
      priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
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
              'infra/viewer-request.js',
              'folders have an index.html.',
            ),
          },
          {
            eventType: cloudfront.FunctionEventType.VIEWER_RESPONSE,
            function: this.viewerFunction(
              'ViewerResponse',
              'infra/viewer-response.js',
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
    Validations.of(this.distribution).acknowledge({
      id: 'Annotation::@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      reason: 'The root is index.html, and query strings never reach the bucket: nobody can list it.',
    });
    this.siteUrl = settings.site.baseUrl ?? `https://${this.distribution.distributionDomainName}`;
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
