import { Duration } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AccessLevel,
  AllowedMethods,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { referenceRoutes } from '../../functions/http/reference/routes.ts';
import type { Route } from '../../functions/http/route.ts';
import { acknowledge } from '../acknowledge.ts';
import type { StageSettings } from '../stage.ts';
import { type OriginSecret, originHeader } from './origin-secret.ts';
import { AccessLogBucket, PrivateBucket } from './private-bucket.ts';
import { ApiHeaders, SiteHeaders } from './response-headers.ts';

interface SiteProps {
  readonly stage: StageSettings;
  readonly apiDomainName: string;
  readonly originSecret: OriginSecret;
  readonly webAclArn: string;
}

/**
 * The site's one origin: the web app from a private bucket, and the HTTP API below `/api/`. Of the API, only
 * the reference is cached; all answers are compressed.
 */
export class Site extends Construct {
  readonly bucket: PrivateBucket;
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, { stage, apiDomainName, originSecret, webAclArn }: SiteProps) {
    super(scope, id);
    const accessLogs = new AccessLogBucket(this, 'AccessLogs');
    this.bucket = new PrivateBucket(this, 'Content', { accessLogs });
    const api = {
      // Replaces any header of that name sent by the viewer.
      origin: new HttpOrigin(apiDomainName, { customHeaders: { [originHeader]: originSecret.currentValue } }),
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      responseHeadersPolicy: new ApiHeaders(this, 'ApiHeaders', { stage }),
    };
    // Large and the same for everyone: cached at the edge by path alone.
    const reference = {
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: new CachePolicy(this, 'ReferenceCache', {
        ...compressing,
        comment: `API reference of MTCMS ${stage.name}`,
        maxTtl: Duration.hours(1),
      }),
    };
    const compressed = new CachePolicy(this, 'ApiCompression', {
      ...compressing,
      comment: `API of MTCMS ${stage.name}: compressed, and never kept`,
      // The minimum with which CloudFront compresses. Cached responses are keyed by caller and URL.
      maxTtl: Duration.seconds(1),
      headerBehavior: CacheHeaderBehavior.allowList('Authorization'),
      queryStringBehavior: CacheQueryStringBehavior.all(),
    });
    this.distribution = new Distribution(this, 'Distribution', {
      comment: `MTCMS ${stage.name}`,
      webAclId: webAclArn,
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      enableLogging: true,
      logBucket: accessLogs,
      logFilePrefix: 'cloudfront/',
      ...this.domain(stage),
      defaultBehavior: {
        // With permission to list, a missing file is a 404 instead of a 403. The bucket's root is never
        // requested.
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket, {
          originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
        }),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: new SiteHeaders(this, 'SiteHeaders', { stage }),
        functionAssociations: [
          { function: new PageFallback(this, 'PageFallback'), eventType: FunctionEventType.VIEWER_REQUEST },
        ],
      },
      additionalBehaviors: {
        ...Object.fromEntries(
          Object.values<Route>(referenceRoutes).map(({ path }) => [path, { ...api, ...reference }]),
        ),
        '/api/*': {
          ...api,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: compressed,
          // API Gateway finds the API by the Host header, which must not be the viewer's.
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
      },
      errorResponses: keptErrors.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
    });
    this.acceptFindings(stage);
  }

  private domain({ domain }: StageSettings) {
    if (!domain) return {};
    return {
      domainNames: [domain.name],
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
    };
  }

  private acceptFindings({ domain }: StageSettings): void {
    acknowledge(
      this.distribution,
      '@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      'No request asks for the root of the bucket: there is a default root object, and the edge function rewrites "/".',
    );
    acknowledge(this.distribution, 'AwsSolutions-CFR1', 'Organizations and their users are anywhere.');
    if (!domain)
      acknowledge(
        this.distribution,
        'AwsSolutions-CFR4',
        "Without a domain the certificate is CloudFront's own, and with that CloudFront fixes the TLS versions.",
      );
  }
}

/** Origins decide how long a response is cached: the API's send `no-store`. */
const compressing = {
  minTtl: Duration.seconds(0),
  defaultTtl: Duration.seconds(0),
  enableAcceptEncodingBrotli: true,
  enableAcceptEncodingGzip: true,
};

/**
 * Statuses that CloudFront would cache for ten seconds, most of them regardless of the origin. Source:
 * CloudFront Developer Guide, "Control how long CloudFront caches errors".
 */
const keptErrors = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504];

/**
 * Runs at the edge, where JavaScript has no modules, so the source is text. A path whose last part has no dot
 * is a page of the web app, and all pages are index.html.
 */
const pageFallbackCode = `function handler(event) {
  var request = event.request;
  var lastPart = request.uri.slice(request.uri.lastIndexOf('/') + 1);
  if (lastPart.indexOf('.') === -1) request.uri = '/index.html';
  return request;
}
`;

/** Serves index.html for page URLs. An error response would also replace the API's 404s. */
class PageFallback extends EdgeFunction {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      comment: 'Addresses of pages are index.html',
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(pageFallbackCode),
    });
  }
}
