import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';
import { functionNamed, plain } from './iam.ts';
import { type BuiltStage, buildStage, resourcesOf } from './synthesized.ts';

let local: BuiltStage;
let service: Template;
beforeAll(() => {
  local = buildStage('local');
  service = local.template('service');
});
afterAll(() => local.discard());

const RouteResource = z.object({ Properties: z.object({ RouteKey: z.string(), Target: z.unknown() }) });
const IntegrationResource = z.object({ Properties: z.object({ IntegrationUri: z.unknown() }) });

/** Route key → the function that serves it, as the template has them. */
const deployedRoutes = () => {
  const integrations = new Map(
    Object.entries(service.findResources('AWS::ApiGatewayV2::Integration')).map(([id, resource]) => [
      `integrations/${plain({ Ref: id })}`,
      plain(IntegrationResource.parse(resource).Properties.IntegrationUri),
    ]),
  );
  return Object.values(service.findResources('AWS::ApiGatewayV2::Route'))
    .map((resource) => RouteResource.parse(resource).Properties)
    .map(({ RouteKey, Target }) => `${RouteKey} → ${integrations.get(plain(Target))}`);
};

describe('the HTTP API', () => {
  test('has each route of the route table, for HEAD too where it reads, served by its function, and no other, no catch-all either', () => {
    const expected = Object.values(routes).flatMap((route) => {
      const { logicalId } = functionNamed(service, route.function);
      const [live = ''] = Object.keys(
        service.findResources('AWS::Lambda::Alias', { Properties: { FunctionName: { Ref: logicalId } } }),
      );
      const methods = route.method === 'GET' ? ['GET', 'HEAD'] : [route.method];
      return methods.map((method) => `${method} ${route.path} → ${plain({ Ref: live })}`);
    });
    expect(deployedRoutes().toSorted()).toEqual(expected.toSorted());
  });

  test('passes requests in payload format 2.0', () => {
    for (const { Properties } of resourcesOf(service, 'AWS::ApiGatewayV2::Integration'))
      expect(Properties).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
  });

  test('may invoke the three functions of its routes and the authorizer; nobody else may, but two rules for email', () => {
    const all = resourcesOf(service, 'AWS::Lambda::Permission').map(({ Properties }) => Properties);
    const [others, permissions] = ['events', 'apigateway'].map((name) =>
      all.filter(({ Principal }) => Principal === `${name}.amazonaws.com`),
    );
    expect([others?.length, permissions?.length, all.length]).toEqual([2, 4, 6]);
    expect(others?.map(({ SourceArn }) => plain(SourceArn)).toSorted()).toEqual([
      '<MailNotices.Arn>',
      '<MailTold.Arn>',
    ]);
    const api = 'arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<HttpApi>';
    expect(permissions?.map(({ SourceArn }) => plain(SourceArn)).toSorted()).toEqual([
      ...Array(3).fill(`${api}/*/*/*`),
      `${api}/authorizers/<HttpThroughTheSite>`,
    ]);
  });

  test('asks about each request of each route whether it comes through the site, by its header alone', () => {
    const [authorizer] = resourcesOf(service, 'AWS::ApiGatewayV2::Authorizer');
    expect(authorizer?.Properties).toMatchObject({
      AuthorizerType: 'REQUEST',
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: true,
      IdentitySource: ['$request.header.x-origin-verify'],
      AuthorizerResultTtlInSeconds: 300,
    });
    const [authorizerId] = Object.keys(service.findResources('AWS::ApiGatewayV2::Authorizer'));
    for (const { Properties } of resourcesOf(service, 'AWS::ApiGatewayV2::Route'))
      expect(Properties).toMatchObject({
        AuthorizationType: 'CUSTOM',
        AuthorizerId: { Ref: authorizerId },
      });
  });

  test('serves at the root, throttled', () => {
    expect(resourcesOf(service, 'AWS::ApiGatewayV2::Stage')).toMatchObject([
      {
        Properties: {
          StageName: '$default',
          AutoDeploy: true,
          DefaultRouteSettings: { ThrottlingBurstLimit: 4000, ThrottlingRateLimit: 2000 },
        },
      },
    ]);
  });

  test('gives each route that anyone may call a throttle of its own, once there is the route', () => {
    const [stage] = resourcesOf(service, 'AWS::ApiGatewayV2::Stage');
    const settings = z.record(z.string(), z.unknown()).parse(stage?.Properties.RouteSettings);
    const open = Object.values<Route>(routes).filter(({ access }) => access.kind === 'anyone');
    const keys = open.flatMap(({ method, path }) =>
      (method === 'GET' ? ['GET', 'HEAD'] : [method]).map((each) => `${each} ${path}`),
    );
    expect(Object.keys(settings).sort()).toEqual(keys.sort());
    for (const setting of Object.values(settings))
      expect(setting).toEqual({ ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20 });
    const [waiting] = Object.values(service.findResources('AWS::ApiGatewayV2::Stage'));
    const routeIds = Object.entries(service.findResources('AWS::ApiGatewayV2::Route'))
      .filter(([, resource]) => RouteResource.parse(resource).Properties.RouteKey in settings)
      .map(([id]) => id);
    expect(waiting?.DependsOn).toEqual(expect.arrayContaining(routeIds));
  });

  test('logs each request without what identifies a person', () => {
    const [stage] = resourcesOf(service, 'AWS::ApiGatewayV2::Stage');
    const { Format } = z.object({ Format: z.string() }).parse(stage?.Properties.AccessLogSettings);
    expect(JSON.parse(Format)).toMatchObject({ requestId: '$context.requestId', status: '$context.status' });
    expect(Format).not.toMatch(/identity|authorizer|path"/i);
  });

  test('answers no other origin', () => {
    const [api] = resourcesOf(service, 'AWS::ApiGatewayV2::Api');
    expect(api?.Properties).not.toHaveProperty('CorsConfiguration');
  });
});

describe('a function', () => {
  const forPeople = [
    'AUTHORIZED_PARTIES',
    'CLERK_GATEWAY_NAME',
    'CLERK_ISSUER',
    'CURSOR_SECRET_ID',
    'SUPPORT_ACCESS',
  ];
  const outgoing = ['SENDS_MAIL', 'WEBHOOKS_TO_LOCALHOST', 'WEBHOOK_SENDER_NAME', 'WEBHOOK_SENDER_ROLE_ARN'];
  /** Every function, with its environment in addition to the table's name. */
  const told: Readonly<Record<string, readonly string[]>> = {
    admin: [...forPeople, 'APPROVALS_FUNCTION_NAME', 'DRIFT_FUNCTION_NAME', 'USAGE_FUNCTION_NAME'],
    organization: [
      ...forPeople,
      ...outgoing,
      ...['CHECKPOINTS_FUNCTION_NAME', 'ERASURES_FUNCTION_NAME', 'EXPORTS_FUNCTION_NAME'],
      ...['MACHINES_FUNCTION_NAME', 'SUPPORT_FUNCTION_NAME'],
      ...['EXPORT_BUCKET_NAME', 'TENANT_ROLE_ARN', 'TENANT_SESSION_NAME'],
    ],
    support: [
      ...forPeople,
      ...outgoing,
      ...['APPROVALS_FUNCTION_NAME', 'CHECKPOINTS_FUNCTION_NAME'],
      ...['ERASURES_FUNCTION_NAME', 'EXPORTS_FUNCTION_NAME'],
      ...['EXPORT_BUCKET_NAME', 'TENANT_ROLE_ARN'],
    ],
    machines: ['CHECKPOINTS_FUNCTION_NAME', 'CURSOR_SECRET_ID', 'KEY_BROKER_NAME'],
    'key-broker': ['TENANT_ROLE_ARN'],
    'webhook-sender': ['TENANT_ROLE_ARN', 'WEBHOOKS_TO_LOCALHOST'],
    webhooks: ['CLERK_WEBHOOK_SECRET_ID', 'MAIL_SECRET_ID', 'TENANT_ROLE_ARN'],
    'origin-authorizer': ['ORIGIN_SECRET_ID'],
    usage: ['TENANT_ROLE_ARN'],
    approvals: ['AUTHORIZED_PARTIES', 'CLERK_GATEWAY_NAME', 'CLERK_ISSUER'],
    gateway: ['APP_ORIGIN', 'CLERK_API_URL', 'CLERK_SECRET_ID', 'WEBHOOKS_FUNCTION_NAME'],
    invitations: ['CLERK_GATEWAY_NAME', 'TENANT_ROLE_ARN'],
    drift: ['CLERK_GATEWAY_NAME'],
    reminders: [
      ...['APP_ORIGIN', 'MAIL_CONFIGURATION_SET', 'MAIL_FROM', 'MAIL_SECRET_ID', 'TENANT_ROLE_ARN'],
    ],
    exports: ['CHECKPOINTS_FUNCTION_NAME', 'EXPORT_BUCKET_NAME'],
    removals: ['CHECKPOINTS_FUNCTION_NAME', 'CLERK_GATEWAY_NAME'],
    erasures: ['CHECKPOINTS_FUNCTION_NAME'],
    'audit-writer': ['FAILURE_BUCKET', 'WEBHOOK_SENDER_NAME'],
    'event-publisher': ['EVENT_BUS_NAME', 'FAILURE_BUCKET'],
    canary: ['TENANT_ROLE_ARN'],
    'audit-checkpoints': ['ANCHOR_BUCKET_NAME', 'APP_ORIGIN', 'AUDIT_KEY_ID'],
    redrive: ['AUDIT_WRITER_NAME', 'EVENT_PUBLISHER_NAME', 'FAILURE_BUCKET'],
  };
  const names = Object.keys(told);

  test('runs on Node 24 on arm64', () => {
    const functions = resourcesOf(service, 'AWS::Lambda::Function');
    expect(functions).toHaveLength(names.length);
    for (const { Properties } of functions)
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
      });
  });

  test('writes structured logs, which are deleted after three months', () => {
    for (const { Properties } of resourcesOf(service, 'AWS::Lambda::Function'))
      expect(Properties.LoggingConfig).toMatchObject({
        LogFormat: 'JSON',
        LogGroup: { Ref: expect.any(String) },
      });
    for (const { Properties } of resourcesOf(service, 'AWS::Logs::LogGroup'))
      expect(Properties.RetentionInDays).toBe(90);
  });

  test('of the API answers within ten seconds, before API Gateway gives up', () => {
    for (const name of ['admin', 'organization', 'webhooks']) {
      const { logicalId } = functionNamed(service, name);
      expect(service.findResources('AWS::Lambda::Function')[logicalId]?.Properties.Timeout).toBe(10);
    }
  });

  test.each(names)('%s shares its role with no other', (name) => {
    const others = names.filter((other) => other !== name);
    const { roleId } = functionNamed(service, name);
    expect(others.map((other) => functionNamed(service, other).roleId)).not.toContain(roleId);
  });

  const everyone = ['NODE_OPTIONS', 'POWERTOOLS_LOG_LEVEL', 'POWERTOOLS_SERVICE_NAME', 'STAGE'];
  test.each(Object.entries(told))('%s is told what it needs and nothing else', (name, own) => {
    const { environment } = functionNamed(service, name);
    const table = ['redrive', 'origin-authorizer'].includes(name) ? [] : ['TABLE_NAME'];
    expect(Object.keys(environment).toSorted()).toEqual([...everyone, ...table, ...own].toSorted());
  });

  test('holds no secret in its environment', () => {
    const secrets = /sk_|whsec_|\{\{resolve:secretsmanager/;
    for (const name of names)
      expect(JSON.stringify(functionNamed(service, name).environment)).not.toMatch(secrets);
  });
});
