import * as z from 'zod';
import type { Deployment } from './deployment.ts';
import { attributeOf } from './references.ts';

/** The HTTP API: its routes, their functions and throttles. */
export interface HttpApiResource {
  readonly id: string;
  /** `GET /api/things/{id}` → ARN of the function. */
  readonly routes: readonly { readonly key: string; readonly functionArn: string }[];
  /** Shared by all routes that have none of their own. */
  readonly throttling: Throttling;
  /** By route key. */
  readonly routeThrottling: ReadonlyMap<string, Throttling>;
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
const route = z.looseObject({ RouteKey: z.string(), Target: z.string() });
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
    throttling: DefaultRouteSettings,
    routeThrottling: new Map(Object.entries(RouteSettings)),
  };
}
