import * as z from 'zod';
import type { Deployment } from './deployment.ts';
import { attributeOf } from './references.ts';

/** The HTTP API: its routes, their functions and throttles. */
export interface HttpApiResource {
  readonly id: string;
  /** `GET /api/things/{id}` → ARN of the function. */
  readonly routes: readonly { readonly key: string; readonly functionArn: string }[];
  /** Called with each request, before its route's function. */
  readonly authorizer: AuthorizerResource;
  /** Shared by all routes that have none of their own. */
  readonly throttling: Throttling;
  /** By route key. */
  readonly routeThrottling: ReadonlyMap<string, Throttling>;
}

interface AuthorizerResource {
  readonly functionArn: string;
  /** In lower case. A request without it is refused unasked, and decisions are kept by its value. */
  readonly header: string;
  readonly keptSeconds: number;
}

interface Throttling {
  readonly burst: number;
  readonly perSecond: number;
}

const integration = z.looseObject({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});
const route = z.looseObject({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.literal('CUSTOM'),
});
const authorizer = z.looseObject({
  AuthorizerType: z.literal('REQUEST'),
  AuthorizerUri: z.string(),
  AuthorizerPayloadFormatVersion: z.literal('2.0'),
  EnableSimpleResponses: z.literal(true),
  IdentitySource: z.tuple([z.templateLiteral(['$request.header.', z.string()])]),
  AuthorizerResultTtlInSeconds: z.number(),
});
const throttling = z
  .strictObject({ ThrottlingBurstLimit: z.number(), ThrottlingRateLimit: z.number() })
  .transform(
    ({ ThrottlingBurstLimit: burst, ThrottlingRateLimit: perSecond }): Throttling => ({ burst, perSecond }),
  );
const stage = z.looseObject({
  StageName: z.literal('$default'),
  DefaultRouteSettings: throttling,
  RouteSettings: z.record(z.string(), throttling).default({}),
});

/** Reads the one authorizer, which every route has. */
function authorizerOf(deployment: Deployment): AuthorizerResource {
  const [{ AuthorizerUri, IdentitySource, AuthorizerResultTtlInSeconds }] = z
    .tuple([authorizer])
    .parse(deployment.all('AWS::ApiGatewayV2::Authorizer').map(({ properties }) => properties));
  return {
    functionArn: AuthorizerUri.replace(/^.*\/functions\/(.*)\/invocations$/, '$1'),
    header: IdentitySource[0].replace('$request.header.', '').toLowerCase(),
    keptSeconds: AuthorizerResultTtlInSeconds,
  };
}

/** Reads the one HTTP API of the deployment. */
export function httpApiOf(deployment: Deployment): HttpApiResource {
  const integrations = new Map(
    deployment
      .all('AWS::ApiGatewayV2::Integration')
      .map((resource) => [
        `integrations/${attributeOf(resource, 'Ref')}`,
        integration.parse(resource.properties).IntegrationUri,
      ]),
  );
  const [api] = deployment.all('AWS::ApiGatewayV2::Api');
  const [{ DefaultRouteSettings, RouteSettings }] = z
    .tuple([stage])
    .parse(deployment.all('AWS::ApiGatewayV2::Stage').map(({ properties }) => properties));
  return {
    id: api === undefined ? '' : attributeOf(api, 'Ref'),
    routes: deployment.all('AWS::ApiGatewayV2::Route').map(({ properties }) => {
      const { RouteKey, Target } = route.parse(properties);
      return { key: RouteKey, functionArn: integrations.get(Target) ?? '' };
    }),
    authorizer: authorizerOf(deployment),
    throttling: DefaultRouteSettings,
    routeThrottling: new Map(Object.entries(RouteSettings)),
  };
}
