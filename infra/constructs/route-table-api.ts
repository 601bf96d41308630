import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnAuthorizer,
  CfnIntegration,
  CfnRoute,
  CfnStage,
  HttpApi,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { HttpFunction, Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import { openRouteThrottle, throttleOf } from '../limits.ts';
import type { StageSettings } from '../stage.ts';
import { originHeader } from './origin-secret.ts';
import { ServiceFunction } from './service-function.ts';

interface RouteTableApiProps {
  readonly stage: StageSettings;
  readonly functions: Readonly<Record<HttpFunction, ServiceFunction>>;
  /** Sent with requests that come through the site. */
  readonly originSecret: ISecret;
}

/**
 * The HTTP API: a route for each row of the route table, plus HEAD for each GET (RFC 9110, 9.3.2). Without
 * a catch-all, API Gateway itself responds 404 to unknown paths. No CORS: the site and the API share an
 * origin, and every route refuses requests that bypass the site.
 */
export class RouteTableApi extends Construct {
  readonly api: HttpApi;
  /** Host name without scheme, for CloudFront. */
  readonly domainName: string;
  /** Decides whether a request comes through the site. */
  readonly authorizer: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, functions, originSecret }: RouteTableApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: `mtcms-${stage.name}`,
      description: 'Routes of functions/http/routes',
      createDefaultStage: false,
    });
    this.domainName = `${this.api.apiId}.execute-api.${Aws.REGION}.${Stack.of(this).urlSuffix}`;
    const { perSecond, burst } = throttleOf(stage);
    const stageOfApi = new HttpStage(this, 'DefaultStage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: perSecond, burstLimit: burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLogs', { retention: RetentionDays.THREE_MONTHS }),
        ),
        format: accessLogFormat,
      },
    });

    const integrations = {
      admin: this.integrate('Admin', functions.admin),
      organization: this.integrate('Organization', functions.organization),
      webhooks: this.integrate('Webhooks', functions.webhooks),
    } as const satisfies Record<HttpFunction, string>;
    this.authorizer = new ServiceFunction(this, 'OriginAuthorizer', {
      stage,
      entry: 'origin/origin-authorizer',
      description: 'Accepts only API requests that come through the site',
      memorySize: 512,
      timeout: Duration.seconds(5),
      environment: { ORIGIN_SECRET_ID: originSecret.secretArn },
    });
    this.authorizer.letRead(originSecret);
    const authorizerId = this.authorizeBy(this.authorizer);
    const open = new Map<string, CfnRoute>();
    for (const [name, row] of Object.entries<Route>(routes))
      for (const [id, method] of keysOf(name, row)) {
        const route = new CfnRoute(this, id, {
          apiId: this.api.apiId,
          routeKey: `${method} ${row.path}`,
          target: integrations[row.function],
          authorizationType: 'CUSTOM',
          authorizerId,
        });
        if (row.access.kind === 'anyone') open.set(route.routeKey, route);
      }
    throttleAlone(stageOfApi, open);
  }

  /**
   * One integration and one permission per function: a permission per route would exceed the 20 KB limit of
   * Lambda's resource policy. Why not `HttpLambdaIntegration`:
   * docs/decisions/0051-what-cdk-does-and-what-it-does-not.md
   */
  private integrate(name: string, { live }: ServiceFunction): string {
    const integration = new CfnIntegration(this, `${name}Integration`, {
      apiId: this.api.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: live.functionArn,
      payloadFormatVersion: '2.0',
    });
    live.addPermission('HttpApi', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: this.api.arnForExecuteApi(),
    });
    return `integrations/${integration.ref}`;
  }

  /**
   * API Gateway caches a decision for five minutes by the header's value alone, and rejects requests
   * without the header itself. The functions authenticate callers: the JWT authorizer checks neither azp
   * nor sts nor the token category, and can't respond 503 when the key set is unreachable.
   */
  private authorizeBy({ lambda }: ServiceFunction): string {
    const authorizer = new CfnAuthorizer(this, 'ThroughTheSite', {
      apiId: this.api.apiId,
      name: 'through-the-site',
      authorizerType: 'REQUEST',
      authorizerUri: `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${lambda.functionArn}/invocations`,
      authorizerPayloadFormatVersion: '2.0',
      enableSimpleResponses: true,
      identitySource: [`$request.header.${originHeader}`],
      authorizerResultTtlInSeconds: 300,
    });
    lambda.addPermission('HttpApi', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.api.apiId}/authorizers/${authorizer.ref}`,
    });
    return authorizer.ref;
  }
}

const keysOf = (name: string, { method }: Route): readonly (readonly [id: string, method: string])[] =>
  method === 'GET'
    ? [
        [name, method],
        [`${name}Head`, 'HEAD'],
      ]
    : [[name, method]];

/**
 * Gives each public route its own throttle, so that a flood of one doesn't affect the others. API Gateway
 * accepts a route's settings only once the route exists.
 */
function throttleAlone(stage: HttpStage, routesByKey: ReadonlyMap<string, CfnRoute>): void {
  const resource = stage.node.defaultChild;
  if (!(resource instanceof CfnStage)) throw new Error('the stage has no resource');
  resource.routeSettings = Object.fromEntries(
    [...routesByKey.keys()].map((key) => [
      key,
      { ThrottlingRateLimit: openRouteThrottle.perSecond, ThrottlingBurstLimit: openRouteThrottle.burst },
    ]),
  );
  for (const route of routesByKey.values()) resource.addResourceDependency(route);
}

/** Enough to find a request and its result; nothing that identifies a person. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    routeKey: '$context.routeKey',
    status: '$context.status',
    responseLength: '$context.responseLength',
    latencyMs: '$context.responseLatency',
    integrationLatencyMs: '$context.integrationLatency',
    integrationError: '$context.integrationErrorMessage',
  }),
);
