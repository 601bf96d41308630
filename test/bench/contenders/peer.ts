import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { verifyToken } from '@clerk/backend';
import middy from '@middy/core';
import httpErrorHandler from '@middy/http-error-handler';
import httpEventNormalizer from '@middy/http-event-normalizer';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import httpResponseSerializer from '@middy/http-response-serializer';
import { any, Entity, GetItemCommand, item, QueryCommand, string, Table } from 'dynamodb-toolbox';
import { BatchGetRequest } from 'dynamodb-toolbox/entity/actions/batchGet';
import { BatchGetCommand, execute } from 'dynamodb-toolbox/table/actions/batchGet';
// biome-ignore lint/style/noRestrictedImports: the conventional stack imports it as most do, which is part of what is measured
import { z } from 'zod';
import { pageLimit, shards } from './reads.ts';

/** A conventional stack doing the same work: Clerk's own verification, middy's own middlewares, DynamoDB-Toolbox, zod. */
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
const [user, organization, counters] = [entity('user'), entity('organization'), entity('counters')];

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
  const consistent = { consistent: true } as const;
  const [member, home] = await Promise.all([
    user
      .build(GetItemCommand)
      .key({ pk: `${organizationId}#user`, sk: sub })
      .options(consistent)
      .send(),
    organization
      .build(GetItemCommand)
      .key({ pk: `${organizationId}#organization`, sk: 'profile' })
      .options(consistent)
      .send(),
  ]);
  return { user: member.Item, organization: home.Item };
});

export const list = withMiddlewares(async (query, { sub }) => {
  const { limit } = Query.parse(query);
  await user.build(GetItemCommand).key({ pk: 'platform#user', sk: sub }).options({ consistent: true }).send();
  const pages = await Promise.all(
    shards.map((partition) =>
      table
        .build(QueryCommand)
        .entities(organization)
        .query({ index: 'directory', partition })
        .options({ limit: pageLimit + 1 })
        .send(),
    ),
  );
  const items = pages.flatMap(({ Items = [] }) => Items).slice(0, limit);
  const requests = items.map(({ organizationId }) =>
    counters.build(BatchGetRequest).key({ pk: `${organizationId}#organization`, sk: 'counters' }),
  );
  const { Responses: [counts = []] = [] } = await execute(table.build(BatchGetCommand).requests(...requests));
  return items.map((found, index) => ({ ...found, counts: counts[index] }));
});
