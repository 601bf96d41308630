import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { componentsOf, examplesOf } from '../../../functions/http/openapi/components.ts';
import { openApiDocument } from '../../../functions/http/openapi/document.ts';
import type { Route } from '../../../functions/http/route.ts';
import { routes } from '../../../functions/http/routes.ts';

const document = openApiDocument(routes);
const components = componentsOf(routes);
const examples = examplesOf(routes);
const rows = Object.entries<Route>(routes);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Positions of unnamed objects, for which a client generator would have to invent a name. */
function unnamed(value: unknown, place = '#', isTyped = false): string[] {
  if (!isObject(value)) return [];
  const own = isTyped && value.type === 'object' && 'properties' in value ? [place] : [];
  const parts = Object.entries(value).filter(([name]) => name !== 'examples');
  const inside = parts.flatMap(([name, part]) =>
    Array.isArray(part)
      ? part.flatMap((one, at) => unnamed(one, `${place}/${name}/${at}`, /^(any|one|all)Of$/.test(name)))
      : unnamed(part, `${place}/${name}`, ['items', 'schema', 'additionalProperties'].includes(name)),
  );
  return [...own, ...inside];
}

describe('the OpenAPI document', () => {
  it('passes a public linter without errors or warnings', async () => {
    const config = await createConfig({ extends: ['recommended'] });
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

  it('names what generated clients make a type of: bodies, answers, items of lists, forms of a choice', () => {
    expect(unnamed(document.paths)).toEqual([]);
    expect(unnamed(document.components.schemas)).toEqual([]);
  });

  it('has no name that a constructor of another in Go has', () => {
    const names = Object.keys(document.components.schemas);
    const taken = names.flatMap((name) => [`New${name}`, `New${name}WithDefaults`, `Nullable${name}`]);
    expect(names.filter((name) => taken.includes(name))).toEqual([]);
  });

  it('describes each form in which an admin and others read their organization, and its ETag', () => {
    const { responses } = document.paths['/api/organizations/{organizationId}']?.get ?? {};
    expect(document.components.schemas.OrganizationView?.anyOf).toEqual([
      { $ref: '#/components/schemas/Organization' },
      { $ref: '#/components/schemas/OwnOrganization' },
      { $ref: '#/components/schemas/OrganizationSummary' },
    ]);
    expect(responses?.[200]).toMatchObject({
      headers: { ETag: expect.anything() },
      content: { 'application/json': { schema: { $ref: '#/components/schemas/OrganizationView' } } },
    });
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
