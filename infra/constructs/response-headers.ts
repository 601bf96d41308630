import { Duration } from 'aws-cdk-lib';
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { frontendApiHost, type StageSettings } from '../stage.ts';

const common = {
  strictTransportSecurity: {
    accessControlMaxAge: Duration.days(730),
    includeSubdomains: true,
    preload: false,
    override: true,
  },
  contentTypeOptions: { override: true },
  frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
  referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
};

/** Headers of the site's files. */
export class SiteHeaders extends ResponseHeadersPolicy {
  constructor(scope: Construct, id: string, { stage }: { readonly stage: StageSettings }) {
    super(scope, id, {
      comment: `Site of MTCMS ${stage.name}`,
      securityHeadersBehavior: {
        ...common,
        contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(stage), override: true },
      },
      customHeadersBehavior: {
        customHeaders: [
          {
            header: 'permissions-policy',
            value: 'camera=(), geolocation=(), microphone=(), payment=()',
            override: true,
          },
        ],
      },
    });
  }
}

/**
 * Headers of API responses. Browsers must not execute anything in them, unless a response has its own
 * policy.
 */
export class ApiHeaders extends ResponseHeadersPolicy {
  constructor(scope: Construct, id: string, { stage }: { readonly stage: StageSettings }) {
    super(scope, id, {
      comment: `API of MTCMS ${stage.name}`,
      securityHeadersBehavior: {
        ...common,
        contentSecurityPolicy: {
          contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
          override: false,
        },
      },
    });
  }
}

/**
 * The site's Content-Security-Policy: its own origin, and Clerk's hosts if people sign in with Clerk. Inline
 * styles are allowed, because Mantine and Clerk write style elements; inline scripts and `eval` aren't.
 * https://clerk.com/docs/guides/secure/best-practices/csp-headers
 */
const contentSecurityPolicy = ({ clerkPublishableKey }: StageSettings): string => {
  const clerk = clerkPublishableKey ? clerkSources(`https://${frontendApiHost(clerkPublishableKey)}`) : {};
  const directives: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'none'"],
    'script-src': ["'self'", ...(clerk.script ?? [])],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', ...(clerk.image ?? [])],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...(clerk.connect ?? [])],
    'worker-src': ["'self'", ...(clerk.worker ?? [])],
    'frame-src': clerk.frame ?? ["'none'"],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
};

interface ExtraSources {
  readonly script?: readonly string[];
  readonly image?: readonly string[];
  readonly connect?: readonly string[];
  readonly worker?: readonly string[];
  readonly frame?: readonly string[];
}

/** Bot protection uses Cloudflare; Clerk's own uses ports other than 443. */
const clerkSources = (frontendApi: string): ExtraSources => ({
  script: [frontendApi, 'https://challenges.cloudflare.com', 'https://*.protect.clerk.com'],
  image: ['https://img.clerk.com'],
  connect: [frontendApi, 'https://*.protect.clerk.com:*'],
  worker: ['blob:'],
  frame: ['https://challenges.cloudflare.com', 'https://*.protect.clerk.com'],
});
