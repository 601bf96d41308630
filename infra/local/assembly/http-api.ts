import * as z from 'zod';
import type { Deployment } from './deployment.ts';
import { attributeOf } from './physical-names.ts';

/** The HTTP API: which function answers which route, and how much it bears. */
export interface HttpApiResource {
  readonly id: string;
  /** `GET /api/things/{id}` → ARN of the function. */
  readonly routes: readonly { readonly key: string; readonly functionArn: string }[];
  readonly throttling: { readonly burst: number; readonly perSecond: number };
}

const integration = z.looseObject({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});
const route = z.looseObject({ RouteKey: z.string(), Target: z.string() });
const stage = z.looseObject({
  StageName: z.literal('$default'),
  DefaultRouteSettings: z.object({ ThrottlingBurstLimit: z.number(), ThrottlingRateLimit: z.number() }),
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
  const [{ DefaultRouteSettings }] = z
    .tuple([stage])
    .parse(deployment.all('AWS::ApiGatewayV2::Stage').map(({ properties }) => properties));
  return {
    id: api === undefined ? '' : attributeOf(api, 'Ref'),
    routes: deployment.all('AWS::ApiGatewayV2::Route').map(({ properties }) => {
      const { RouteKey, Target } = route.parse(properties);
      return { key: RouteKey, functionArn: integrations.get(Target) ?? '' };
    }),
    throttling: {
      burst: DefaultRouteSettings.ThrottlingBurstLimit,
      perSecond: DefaultRouteSettings.ThrottlingRateLimit,
    },
  };
}
