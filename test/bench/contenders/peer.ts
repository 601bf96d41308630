import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { verifyToken } from '@clerk/backend';
import middy from '@middy/core';
import httpErrorHandler from '@middy/http-error-handler';
import httpEventNormalizer from '@middy/http-event-normalizer';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import httpResponseSerializer from '@middy/http-response-serializer';
import {
  any,
  BatchGetCommand,
  BatchGetRequest,
  Entity,
  executeBatchGet,
  GetItemCommand,
  item,
  map,
  number,
  QueryCommand,
  string,
  Table,
} from 'dynamodb-toolbox';
// biome-ignore lint/style/noRestrictedImports: the conventional stack imports it as most do, which is part of what is measured
import { z } from 'zod';
import { shardLimit, shards } from './reads.ts';

/**
 * A conventional stack doing the same work: Clerk's SDK, middy with its middlewares, DynamoDB-Toolbox, zod.
 */
const table = new Table({
  documentClient: DynamoDBDocumentClient.from(new DynamoDBClient({})),
  name: process.env.TABLE_NAME ?? '',
  partitionKey: { name: 'pk', type: 'string' },
  sortKey: { name: 'sk', type: 'string' },
  indexes: {
    directory: {
      type: 'global',
      partitionKey: { name: 'directoryPk', type: 'string' },
      sortKey: { name: 'directorySk', type: 'string' },
    },
  },
});
const stored = { pk: string().key(), sk: string().key() };
const entity = <const Name extends string>(name: Name) =>
  new Entity({
    name,
    table,
    schema: item({
      ...stored,
      organizationId: string(),
      name: string().optional(),
      details: any().optional(),
    }),
    entityAttribute: false,
    timestamps: false,
  });
const [user, organization] = [entity('user'), entity('organization')];
const text = string().optional();
const count = number();
const row = new Entity({
  name: 'directoryRow',
  table,
  schema: item({
    ...stored,
    organizationId: string(),
    name: string(),
    contactPerson: map({ name: string(), email: string(), phone: text }),
    status: string(),
    inactiveReason: text,
    plan: string(),
    startDate: string(),
    endDate: text,
    externalId: text,
    lastActivityOn: string(),
    stage: string(),
    revision: number(),
    createdAt: string(),
    updatedAt: string(),
    users: count,
    pendingInvitations: count,
    teams: count,
    kpis: count,
  }),
  entityAttribute: false,
  timestamps: false,
});

const Query = z.object({ limit: z.coerce.number().int().min(1).max(100).default(25) }).strict();
const Claims = z.object({ sub: z.string(), organizationId: z.string() });

const serializers = [
  { regex: /^application\/json$/, serializer: ({ body }: { body?: unknown }) => JSON.stringify(body) },
];

const withMiddlewares = (run: (query: unknown, claims: z.infer<typeof Claims>) => Promise<unknown>) =>
  middy()
    .use(httpEventNormalizer())
    .use(httpHeaderNormalizer())
    .use(httpJsonBodyParser({ disableContentTypeError: true, disableContentTypeCheck: true }))
    .use(httpResponseSerializer({ serializers, defaultContentType: 'application/json' }))
    .use(httpErrorHandler())
    .handler(async ({ headers, queryStringParameters }) => {
      const token = (headers.authorization ?? '').replace('Bearer ', '');
      const claims = Claims.parse(await verifyToken(token, { jwtKey: process.env.CLERK_JWT_KEY ?? '' }));
      return { statusCode: 200, body: await run(queryStringParameters ?? {}, claims) };
    });

export const me = withMiddlewares(async (_query, { sub, organizationId }) => {
  const { Responses } = await executeBatchGet(
    table
      .build(BatchGetCommand)
      .requests(
        user.build(BatchGetRequest).key({ pk: `${organizationId}#user`, sk: sub }),
        organization.build(BatchGetRequest).key({ pk: `${organizationId}#organization`, sk: 'profile' }),
      )
      .options({ consistent: true }),
  );
  const [[member, home]] = Responses;
  return { user: member, organization: home };
});

export const list = withMiddlewares(async (query, { sub }) => {
  const { limit } = Query.parse(query);
  await user.build(GetItemCommand).key({ pk: 'platform#user', sk: sub }).options({ consistent: true }).send();
  const pages = await Promise.all(
    shards.map((partition) =>
      table
        .build(QueryCommand)
        .entities(row)
        .query({ index: 'directory', partition })
        .options({ limit: shardLimit })
        .send(),
    ),
  );
  return pages
    .flatMap(({ Items = [] }) => Items)
    .sort((a, b) => a.name.localeCompare(b.name))
    .slice(0, limit);
});
