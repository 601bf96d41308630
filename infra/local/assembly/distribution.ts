import { globSync, statSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import * as z from 'zod';
import type { Deployment } from './deployment.ts';
import { attributeOf } from './references.ts';

/** A cache behaviour: the requests that it matches, their origin, and the response headers. */
export interface Behaviour {
  /** CloudFront's path pattern, in which `*` matches any string. The default behaviour's is `*`. */
  readonly pathPattern: string;
  readonly origin: 'site' | 'api';
  readonly methods: readonly string[];
  readonly headers: ResponseHeaders;
  readonly cache: CacheKeeping;
  /** Source of the viewer-request function. */
  readonly viewerRequest: string | undefined;
}

/** Which API responses the edge caches, and by what key. CDK's managed policy for the site isn't imitated. */
interface CacheKeeping {
  /** 0: no caching. A response's own headers decide how long it is cached. */
  readonly maxTtlSeconds: number;
  /** Request headers in the cache key in addition to the path, in lower case. */
  readonly headers: readonly string[];
  readonly query: boolean;
  readonly compresses: boolean;
}

/** Headers by name; those with `override` replace the origin's. */
type ResponseHeaders = Readonly<Record<string, { readonly value: string; readonly override: boolean }>>;

export interface DistributionResource {
  readonly defaultRootObject: string;
  /** In order of precedence; the default behaviour is last. */
  readonly behaviours: readonly Behaviour[];
  /** Headers that the API gets with each request: values, or references to secrets. */
  readonly originHeaders: Readonly<Record<string, string>>;
}

const override = z.object({ Override: z.boolean() });
const policy = z.object({
  ResponseHeadersPolicyConfig: z.looseObject({
    CustomHeadersConfig: z
      .object({ Items: z.array(override.extend({ Header: z.string(), Value: z.string() })) })
      .default({ Items: [] }),
    SecurityHeadersConfig: z
      .strictObject({
        ContentSecurityPolicy: override.extend({ ContentSecurityPolicy: z.string() }).optional(),
        ContentTypeOptions: override.optional(),
        FrameOptions: override.extend({ FrameOption: z.string() }).optional(),
        ReferrerPolicy: override.extend({ ReferrerPolicy: z.string() }).optional(),
        StrictTransportSecurity: override
          .extend({
            AccessControlMaxAgeSec: z.number(),
            IncludeSubdomains: z.boolean(),
            Preload: z.boolean(),
          })
          .optional(),
      })
      .default({}),
  }),
});

function headersOf(properties: unknown): ResponseHeaders {
  const { CustomHeadersConfig, SecurityHeadersConfig } = policy.parse(properties).ResponseHeadersPolicyConfig;
  const { ContentSecurityPolicy, ContentTypeOptions, FrameOptions, ReferrerPolicy, StrictTransportSecurity } =
    SecurityHeadersConfig;
  const entries: (readonly [string, string | undefined, boolean | undefined])[] = [
    [
      'content-security-policy',
      ContentSecurityPolicy?.ContentSecurityPolicy,
      ContentSecurityPolicy?.Override,
    ],
    ['x-content-type-options', ContentTypeOptions && 'nosniff', ContentTypeOptions?.Override],
    ['x-frame-options', FrameOptions?.FrameOption, FrameOptions?.Override],
    ['referrer-policy', ReferrerPolicy?.ReferrerPolicy, ReferrerPolicy?.Override],
    [
      'strict-transport-security',
      transportSecurity(StrictTransportSecurity),
      StrictTransportSecurity?.Override,
    ],
    ...CustomHeadersConfig.Items.map(({ Header, Value, Override }) => [Header, Value, Override] as const),
  ];
  return Object.fromEntries(
    entries.flatMap(([name, value, overrides]) =>
      value === undefined ? [] : [[name, { value, override: overrides ?? false }]],
    ),
  );
}

const transportSecurity = (
  settings: { AccessControlMaxAgeSec: number; IncludeSubdomains: boolean; Preload: boolean } | undefined,
): string | undefined =>
  settings &&
  [
    `max-age=${settings.AccessControlMaxAgeSec}`,
    ...(settings.IncludeSubdomains ? ['includeSubDomains'] : []),
    ...(settings.Preload ? ['preload'] : []),
  ].join('; ');

const behaviour = z.looseObject({
  PathPattern: z.string().default('*'),
  TargetOriginId: z.string(),
  AllowedMethods: z.array(z.string()).default(['GET', 'HEAD']),
  ResponseHeadersPolicyId: z.string(),
  CachePolicyId: z.string(),
  Compress: z.boolean().default(false),
  FunctionAssociations: z
    .array(z.object({ EventType: z.literal('viewer-request'), FunctionARN: z.string() }))
    .max(1)
    .default([]),
});
const distribution = z.object({
  DistributionConfig: z.looseObject({
    DefaultRootObject: z.string(),
    DefaultCacheBehavior: behaviour,
    CacheBehaviors: z.array(behaviour).default([]),
    Origins: z.array(
      z.looseObject({
        Id: z.string(),
        S3OriginConfig: z.unknown().optional(),
        OriginCustomHeaders: z
          .array(z.object({ HeaderName: z.string(), HeaderValue: z.string() }))
          .default([]),
      }),
    ),
  }),
});
const cachePolicy = z.object({
  CachePolicyConfig: z.looseObject({
    MinTTL: z.literal(0),
    DefaultTTL: z.literal(0),
    MaxTTL: z.number(),
    ParametersInCacheKeyAndForwardedToOrigin: z.looseObject({
      EnableAcceptEncodingBrotli: z.literal(true),
      EnableAcceptEncodingGzip: z.literal(true),
      CookiesConfig: z.object({ CookieBehavior: z.literal('none') }),
      HeadersConfig: z.object({
        HeaderBehavior: z.enum(['none', 'whitelist']),
        Headers: z.array(z.string()).default([]),
      }),
      QueryStringsConfig: z.object({ QueryStringBehavior: z.enum(['none', 'all']) }),
    }),
  }),
});

function keepingOf(properties: unknown): Omit<CacheKeeping, 'compresses'> {
  const { MaxTTL, ParametersInCacheKeyAndForwardedToOrigin: key } =
    cachePolicy.parse(properties).CachePolicyConfig;
  return {
    maxTtlSeconds: MaxTTL,
    headers: key.HeadersConfig.Headers.map((name) => name.toLowerCase()),
    query: key.QueryStringsConfig.QueryStringBehavior === 'all',
  };
}

/** As the managed policy CachingDisabled. */
const keepsNothing = { maxTtlSeconds: 0, headers: [], query: false };

const edgeFunction = z.looseObject({ FunctionCode: z.string() });

/** Reads the one distribution of the deployment. */
export function distributionOf(deployment: Deployment): DistributionResource {
  const policies = new Map(
    deployment
      .all('AWS::CloudFront::ResponseHeadersPolicy')
      .map((resource) => [attributeOf(resource, 'Ref'), headersOf(resource.properties)]),
  );
  const kept = new Map(
    deployment
      .all('AWS::CloudFront::CachePolicy')
      .map((resource) => [attributeOf(resource, 'Ref'), keepingOf(resource.properties)]),
  );
  const functions = new Map(
    deployment
      .all('AWS::CloudFront::Function')
      .map((resource) => [
        attributeOf(resource, 'FunctionARN'),
        edgeFunction.parse(resource.properties).FunctionCode,
      ]),
  );
  const [{ DistributionConfig: config }] = z
    .tuple([distribution])
    .parse(deployment.all('AWS::CloudFront::Distribution').map(({ properties }) => properties));
  const buckets = new Set(
    config.Origins.filter(({ S3OriginConfig }) => S3OriginConfig !== undefined).map(({ Id }) => Id),
  );
  const read = (source: z.infer<typeof behaviour>): Behaviour => ({
    pathPattern: source.PathPattern,
    origin: buckets.has(source.TargetOriginId) ? 'site' : 'api',
    methods: source.AllowedMethods,
    cache: { ...(kept.get(source.CachePolicyId) ?? keepsNothing), compresses: source.Compress },
    headers: policies.get(source.ResponseHeadersPolicyId) ?? {},
    viewerRequest: functions.get(source.FunctionAssociations[0]?.FunctionARN ?? ''),
  });
  return {
    defaultRootObject: config.DefaultRootObject,
    behaviours: [...config.CacheBehaviors, config.DefaultCacheBehavior].map(read),
    originHeaders: Object.fromEntries(
      config.Origins.flatMap(({ OriginCustomHeaders }) => OriginCustomHeaders).map((header) => [
        header.HeaderName.toLowerCase(),
        header.HeaderValue,
      ]),
    ),
  };
}

/** A file of the site, and its Cache-Control. */
export interface SiteFile {
  readonly path: string;
  readonly cacheControl: string;
}

const copying = z.looseObject({
  SourceObjectKeys: z.array(z.string()),
  Include: z.array(z.string()).default([]),
  Exclude: z.array(z.string()).default([]),
  SystemMetadata: z.object({ 'cache-control': z.string() }).default({ 'cache-control': '' }),
});

/** As in `aws s3 sync`: includes override excludes, and `*` also matches `/`. */
const passes = (file: string, { Include, Exclude }: z.infer<typeof copying>) => {
  const matches = (pattern: string) => matchesGlob(file, pattern.replaceAll('*', '**'));
  return Include.some(matches) || !Exclude.some(matches);
};

/** The site's files by their address (`/index.html`), as the deployment copies them into its bucket. */
export function siteFilesOf(deployment: Deployment): ReadonlyMap<string, SiteFile> {
  const files = new Map<string, SiteFile>();
  for (const { properties } of deployment.all('Custom::CDKBucketDeployment')) {
    const step = copying.parse(properties);
    for (const key of step.SourceObjectKeys) {
      const directory = deployment.assetPath(key);
      for (const file of globSync('**/*', { cwd: directory })) {
        const path = join(directory, file);
        if (statSync(path).isFile() && passes(file, step))
          files.set(`/${file}`, { path, cacheControl: step.SystemMetadata['cache-control'] });
      }
    }
  }
  return files;
}
