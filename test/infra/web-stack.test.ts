import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { plain } from './iam.ts';
import { type BuiltStage, buildStage, resourcesOf } from './synthesized.ts';

const Reference = z.object({ Ref: z.string() });
const Behavior = z.object({
  TargetOriginId: z.string(),
  ViewerProtocolPolicy: z.string(),
  CachePolicyId: z.unknown(),
  OriginRequestPolicyId: z.string().optional(),
  ResponseHeadersPolicyId: Reference,
  AllowedMethods: z.array(z.string()).optional(),
  PathPattern: z.string().optional(),
  Compress: z.boolean().optional(),
});
const Distribution = z.object({
  DefaultCacheBehavior: Behavior,
  // The reference as a document and as a page, then the rest of the API.
  CacheBehaviors: z.tuple([Behavior, Behavior, Behavior]),
  Origins: z.array(
    z.object({
      Id: z.string(),
      DomainName: z.unknown(),
      OriginAccessControlId: z.unknown().optional(),
      OriginCustomHeaders: z.unknown().optional(),
    }),
  ),
  Aliases: z.array(z.string()).optional(),
  ViewerCertificate: z.unknown().optional(),
  CustomErrorResponses: z.array(z.unknown()),
});

const distributionOf = (web: Template) =>
  Distribution.parse(resourcesOf(web, 'AWS::CloudFront::Distribution')[0]?.Properties.DistributionConfig);

const Headers = z.object({
  SecurityHeadersConfig: z.object({
    ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.string() }),
    FrameOptions: z.object({ FrameOption: z.string() }),
    StrictTransportSecurity: z.object({ AccessControlMaxAgeSec: z.number() }),
    ReferrerPolicy: z.object({ ReferrerPolicy: z.string() }),
    ContentTypeOptions: z.object({ Override: z.boolean() }),
  }),
});

/** The response headers that a behaviour of the distribution adds. */
const headersOf = (web: Template, { ResponseHeadersPolicyId: { Ref } }: z.output<typeof Behavior>) =>
  Headers.parse(
    web.findResources('AWS::CloudFront::ResponseHeadersPolicy')[Ref]?.Properties.ResponseHeadersPolicyConfig,
  ).SecurityHeadersConfig;

const policyOf = (web: Template): Map<string, string[]> =>
  new Map(
    headersOf(web, distributionOf(web).DefaultCacheBehavior)
      .ContentSecurityPolicy.ContentSecurityPolicy.split('; ')
      .map((directive) => directive.split(' '))
      .map(([name = '', ...sources]) => [name, sources]),
  );

/** `config.json` in the assets of an assembly. */
const runtimeConfiguration = (stage: BuiltStage): unknown => {
  for (const asset of readdirSync(stage.directory).filter((name) => name.startsWith('asset.')))
    try {
      return JSON.parse(readFileSync(join(stage.directory, asset, 'config.json'), 'utf8'));
    } catch {}
  return undefined;
};

let local: BuiltStage;
let prod: BuiltStage;
let web: Template;
beforeAll(() => {
  local = buildStage('local');
  prod = buildStage('prod');
  web = local.template('web');
});
afterAll(() => {
  local.discard();
  prod.discard();
});

describe('the distribution', () => {
  test('reads the site from a private bucket that answers nobody else', () => {
    const { Origins, DefaultCacheBehavior } = distributionOf(web);
    const origin = Origins.find(({ Id }) => Id === DefaultCacheBehavior.TargetOriginId);
    expect(plain(origin?.DomainName)).toBe('<SiteContent.RegionalDomainName>');
    expect(origin?.OriginAccessControlId).toBeDefined();
    for (const { Properties } of resourcesOf(web, 'AWS::S3::Bucket'))
      expect(Properties.PublicAccessBlockConfiguration).toMatchObject({
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      });
  });

  test('passes /api/ to the HTTP API: every method, over TLS, with all headers but Host, and the secret that it asks for', () => {
    const { Origins, CacheBehaviors } = distributionOf(web);
    const [, , api] = CacheBehaviors;
    expect(api).toMatchObject({
      PathPattern: '/api/*',
      ViewerProtocolPolicy: 'https-only',
      // The managed policy AllViewerExceptHostHeader.
      OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    });
    expect(api.AllowedMethods).toEqual(expect.arrayContaining(['DELETE', 'GET', 'PATCH', 'POST', 'PUT']));
    const origin = Origins.find(({ Id }) => Id === api.TargetOriginId);
    expect(plain(origin?.DomainName)).toBe('<HttpApi>.execute-api.<AWS::Region>.<AWS::URLSuffix>');
    const [header] = z
      .tuple([z.object({ HeaderName: z.string(), HeaderValue: z.unknown() })])
      .parse(origin?.OriginCustomHeaders);
    expect(header.HeaderName).toBe('x-origin-verify');
    // CloudFormation sets the value; the template has none.
    expect(plain(header.HeaderValue)).toBe(
      '{{resolve:secretsmanager:<OriginSecret>:SecretString:current::}}',
    );
  });

  test('compresses what the API answers and keeps it for nobody: each caller and address has a key of its own', () => {
    const [, , { CachePolicyId, Compress }] = distributionOf(web).CacheBehaviors;
    expect(Compress).toBe(true);
    const policy = web.findResources('AWS::CloudFront::CachePolicy')[Reference.parse(CachePolicyId).Ref];
    expect(policy?.Properties.CachePolicyConfig).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 1,
      ParametersInCacheKeyAndForwardedToOrigin: {
        EnableAcceptEncodingBrotli: true,
        EnableAcceptEncodingGzip: true,
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Authorization'] },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
      },
    });
  });

  test('keeps the API’s reference at the edge, compressed and by its path alone', () => {
    const { CacheBehaviors } = distributionOf(web);
    const reference = CacheBehaviors.slice(0, 2);
    expect(reference.map(({ PathPattern }) => PathPattern)).toEqual(['/api/openapi.json', '/api/docs']);
    const { Ref } = Reference.parse(reference[0]?.CachePolicyId);
    const policy = web.findResources('AWS::CloudFront::CachePolicy')[Ref];
    expect(policy?.Properties.CachePolicyConfig).toMatchObject({
      MaxTTL: 3600,
      ParametersInCacheKeyAndForwardedToOrigin: {
        EnableAcceptEncodingBrotli: true,
        EnableAcceptEncodingGzip: true,
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: 'none' },
      },
    });
    for (const { CachePolicyId, AllowedMethods, ResponseHeadersPolicyId } of reference) {
      expect(Object.keys(web.findResources('AWS::CloudFront::CachePolicy'))).toContain(
        Reference.parse(CachePolicyId).Ref,
      );
      expect(AllowedMethods).toEqual(['GET', 'HEAD']);
      expect(ResponseHeadersPolicyId).toEqual(CacheBehaviors[2].ResponseHeadersPolicyId);
    }
  });

  test('replaces no error, so that the API’s 404 reaches the caller, and keeps none', () => {
    const statuses = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504];
    expect(distributionOf(web).CustomErrorResponses).toEqual(
      statuses.map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
    );
  });

  test('answers to the stage’s domain with TLS 1.2 at least', () => {
    const { Aliases, ViewerCertificate } = distributionOf(prod.template('web'));
    expect(Aliases).toEqual(['app.example.com']);
    expect(ViewerCertificate).toMatchObject({ MinimumProtocolVersion: 'TLSv1.2_2021' });
  });
});

describe('the page fallback', () => {
  const rewritten = (uri: string): unknown => {
    const { FunctionCode } = z
      .object({ FunctionCode: z.string() })
      .parse(resourcesOf(web, 'AWS::CloudFront::Function')[0]?.Properties);
    return runInNewContext(`${FunctionCode}; handler({ request: { uri } }).uri`, { uri });
  };

  test.each(['/', '/admin/dashboard', '/organizations/org_01/users', '/organizations/'])(
    'serves the app for %s',
    (uri) => {
      expect(rewritten(uri)).toBe('/index.html');
    },
  );

  test.each(['/assets/app-0a1b2c3d.js', '/config.json', '/favicon.svg', '/.well-known/security.txt'])(
    'leaves the file %s alone',
    (uri) => {
      expect(rewritten(uri)).toBe(uri);
    },
  );
});

describe('security headers', () => {
  test.each(['site', 'API'])('of the %s forbid framing, sniffing and plain HTTP', (part) => {
    const { DefaultCacheBehavior, CacheBehaviors } = distributionOf(web);
    expect(headersOf(web, part === 'API' ? CacheBehaviors[2] : DefaultCacheBehavior)).toMatchObject({
      FrameOptions: { FrameOption: 'DENY' },
      ContentTypeOptions: { Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000 },
      ReferrerPolicy: { ReferrerPolicy: 'strict-origin-when-cross-origin' },
    });
  });

  test('let an API answer run nothing', () => {
    const { ContentSecurityPolicy } = headersOf(web, distributionOf(web).CacheBehaviors[2]);
    expect(ContentSecurityPolicy.ContentSecurityPolicy).toBe("default-src 'none'; frame-ancestors 'none'");
  });

  test('let the site load from itself only, when people sign in with the stand-in', () => {
    const policy = policyOf(web);
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(policy.get('connect-src')).toEqual(["'self'"]);
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
  });

  test('let the site load Clerk too, when people sign in with Clerk', () => {
    const policy = policyOf(prod.template('web'));
    expect(policy.get('script-src')).toEqual([
      "'self'",
      'https://clerk.example.com',
      'https://challenges.cloudflare.com',
      'https://*.protect.clerk.com',
    ]);
    expect(policy.get('connect-src')).toContain('https://clerk.example.com');
    expect(policy.get('img-src')).toContain('https://img.clerk.com');
    expect(policy.get('worker-src')).toContain('blob:');
    expect(policy.get('frame-src')).toContain('https://challenges.cloudflare.com');
  });

  test.each(['local', 'prod'])('never let scripts be inline or evaluated, in stage %s', (stage) => {
    const policy = policyOf(stage === 'prod' ? prod.template('web') : web);
    expect(policy.get('script-src')?.filter((source) => source.startsWith("'unsafe"))).toEqual([]);
  });
});

describe('the site’s files', () => {
  const Deployment = z.object({
    Exclude: z.array(z.string()),
    Include: z.array(z.string()).optional(),
    SystemMetadata: z.object({ 'cache-control': z.string() }),
    Prune: z.literal(false),
  });
  const deployments = () =>
    resourcesOf(web, 'Custom::CDKBucketDeployment').map(({ Properties }) => Deployment.parse(Properties));

  test('are cached for ever if their name carries a hash, and asked for each time if not', () => {
    expect(
      deployments().map(({ Exclude, Include, SystemMetadata }) => ({ Exclude, Include, ...SystemMetadata })),
    ).toEqual([
      { Exclude: ['*'], Include: ['assets/*'], 'cache-control': 'public, max-age=31536000, immutable' },
      { Exclude: ['assets/*'], Include: undefined, 'cache-control': 'no-cache' },
    ]);
  });

  test('include how people sign in: with the stand-in, or with Clerk', () => {
    local.template('web');
    prod.template('web');
    expect(runtimeConfiguration(local)).toEqual({ identity: { kind: 'stand-in', url: '/clerk' } });
    expect(runtimeConfiguration(prod)).toEqual({
      identity: { kind: 'clerk', publishableKey: 'pk_live_Y2xlcmsuZXhhbXBsZS5jb20k' },
    });
  });
});
