import type { Route } from '../route.ts';
import { componentsOf, examplesOf } from './components.ts';
import { type Operation, operationOf, tagged } from './operation.ts';
import { gatewayRefusalSchema, problemExamples, problemSchema } from './refusals.ts';
import { type Header, headers } from './responses.ts';
import { type JsonSchema, nameSchemas } from './schemas.ts';

/** The parts of an OpenAPI 3.1 document that this API uses. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: Readonly<Record<string, unknown>>;
  readonly servers: readonly unknown[];
  readonly security: readonly unknown[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
    readonly headers: Readonly<Record<string, Header>>;
    readonly examples: Readonly<Record<string, unknown>>;
  };
}

const introduction = `Manage organizations, their users, teams and KPIs. Every request except the health check and Clerk’s webhook needs a Clerk
session token. A caller sees one organization; another organization’s ID is answered as if it didn’t exist.

Lists return \`items\` and \`nextCursor\`. A single resource has an \`ETag\`; send it as \`If-Match\` to change the resource. HEAD returns what GET does, without the body. A POST can carry an
\`Idempotency-Key\`. Every error is \`application/problem+json\` with a stable \`code\`.`;

/** Generates the document from the route table. */
export function openApiDocument(routes: Readonly<Record<string, Route>>): OpenApiDocument {
  nameSchemas(componentsOf(routes));
  const examples = examplesOf(routes);
  const described = Object.entries(routes).map(([name, route]) => ({
    route,
    ...operationOf(name, route),
  }));
  const paths: Record<string, Record<string, Operation>> = {};
  for (const { route, operation } of described)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation };
  const schemas = Object.assign(
    { GatewayRefusal: gatewayRefusalSchema, Problem: problemSchema },
    ...described.map(({ named }) => named),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'MTCMS API',
      version: '1',
      description: introduction,
      contact: { name: 'Aligno', url: 'https://aligno.example' },
      license: { name: 'Proprietary', url: 'https://aligno.example/terms' },
    },
    servers: [{ url: '/', description: 'The site and its API share one origin.' }],
    security: [{ session: [] }],
    tags: tagged(described.map(({ operation }) => operation.tags[0] ?? '')),
    paths,
    components: {
      schemas: withExamples(schemas, examples),
      securitySchemes: {
        session: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A Clerk session token of this application.',
        },
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'mtcms_<stage>_…',
          description: 'An API key of the organization in the path, with the scope that the operation names.',
        },
      },
      headers,
      examples: problemExamples,
    },
  };
}

const withExamples = (
  schemas: Readonly<Record<string, JsonSchema>>,
  examples: Readonly<Record<string, unknown>>,
) =>
  Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      name in examples ? { ...schema, examples: [examples[name]] } : schema,
    ]),
  );
