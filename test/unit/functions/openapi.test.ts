import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { components } from '../../../functions/http/openapi/components.ts';
import { openApiDocument } from '../../../functions/http/openapi/document.ts';
import { examples } from '../../../functions/http/openapi/examples.ts';
import type { Route } from '../../../functions/http/routes/route.ts';
import { routes } from '../../../functions/http/routes/routes.ts';

const document = openApiDocument();
const rows = Object.entries<Route>(routes);

describe('the OpenAPI document', () => {
  it('passes a public linter without errors or warnings', async () => {
    // The tags are the nouns themselves, and the health check refuses nobody.
    const rules = { 'tag-description': 'off', 'operation-4xx-response': 'off' } as const;
    const config = await createConfig({ extends: ['recommended'], rules });
    const problems = await lintFromString({
      source: JSON.stringify(document),
      absoluteRef: 'openapi.json',
      config,
    });
    const told = problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]);
    expect(told).toEqual([]);
  });

  it('has each route of the table once, and no other', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`,
      ),
    );
    expect(described.toSorted()).toEqual(
      rows.map(([name, { method, path }]) => `${method} ${path} ${name}`).toSorted(),
    );
  });

  it('names each parameter of a path', () => {
    for (const [path, methods] of Object.entries(document.paths))
      for (const { parameters } of Object.values(methods)) {
        const named = parameters.filter(({ in: at }) => at === 'path').map(({ name }) => `{${name}}`);
        expect(named.toSorted()).toEqual((path.match(/\{\w+\}/g) ?? []).toSorted());
      }
  });

  it('says the same of a named schema wherever it is used', () => {
    expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining(Object.keys(components)));
  });

  it.each(Object.keys(examples))('has an example of %s that its schema takes', (name) => {
    const schema = components[name];
    expect(schema?.safeParse(examples[name])).toMatchObject({ success: true });
  });

  it('has an example of each body', () => {
    const bare = rows.flatMap(([name, { body }]) =>
      body === undefined ||
      Object.entries(components).some(([id, schema]) => schema === body && id in examples)
        ? []
        : [name],
    );
    expect(bare).toEqual([]);
  });
});
