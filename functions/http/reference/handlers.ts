import { createHash } from 'node:crypto';
import { htmlPage } from '../file-answer.ts';
import { type OpenApiDocument, openApiDocument } from '../openapi/document.ts';
import type { Operation } from '../openapi/operation.ts';
import { resource } from '../resource.ts';
import type { Route } from '../route.ts';
import { referenceRoutes } from './routes.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Renders the Markdown subset that our texts use: paragraphs and code. */
const prose = (text: string): string =>
  text
    .split('\n\n')
    .map((part) => `<p>${escaped(part).replaceAll(/`([^`]+)`/g, '<code>$1</code>')}</p>`)
    .join('');

const json = (value: unknown): string => `<pre>${escaped(JSON.stringify(value, null, 2))}</pre>`;

const linked = (value: unknown): string =>
  json(value).replaceAll(
    /#\/components\/schemas\/(\w+)/g,
    (reference, name) => `<a href="#schema-${name}">${reference}</a>`,
  );

const anchor = (tag: string): string => `tag-${tag.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;

const section = (title: string, content: string): string =>
  `<details><summary>${escaped(title)}</summary>${content}</details>`;

function operationHtml(path: string, method: string, operation: Operation): string {
  const { operationId, summary, parameters, requestBody, responses } = operation;
  const rows = parameters.map(
    ({ name, in: at, required, description = '', schema }) =>
      `<tr><td><code>${escaped(name)}</code></td><td>${at}${required ? ', required' : ''}</td><td>${prose(description)}</td><td>${linked(schema)}</td></tr>`,
  );
  const answers = Object.entries(responses).map(([status, { description, content }]) =>
    section(`${status}`, `${prose(description)}${content === undefined ? '' : linked(content)}`),
  );
  return [
    `<article id="${escaped(operationId)}"><h3><code>${method.toUpperCase()} ${escaped(path)}</code></h3>${prose(summary)}`,
    rows.length === 0 ? '' : `<table>${rows.join('')}</table>`,
    requestBody === undefined ? '' : section('Body', linked(requestBody)),
    `${answers.join('')}</article>`,
  ].join('');
}

const style = `
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h2 { margin-top: 3rem; border-bottom: 1px solid }
article { margin: 2rem 0; padding-left: 1rem; border-left: 3px solid }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid; font-size: 0.85rem }
table { border-collapse: collapse; width: 100% }
td { vertical-align: top; padding: 0.25rem 0.75rem 0.25rem 0; border-top: 1px solid; overflow-wrap: anywhere }
td p, td pre { margin: 0 0 0.25rem }
summary { cursor: pointer; padding: 0.25rem 0 }
nav ul { columns: 14rem; list-style: none; padding: 0 }
`;

/** The CSP hash of the page's style element. */
const pageStyleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`;

/** The document as one page without scripts: operations by tag, then schemas. */
function referencePage({ info, tags, paths, components }: OpenApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const parts = tags.map(({ name }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    return `<h2 id="${anchor(name)}">${escaped(name)}</h2>${own.map(({ path, method, operation }) => operationHtml(path, method, operation)).join('')}`;
  });
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `<h3 id="schema-${escaped(name)}">${escaped(name)}</h3>${linked(schema)}`,
  );
  const places = tags.map(({ name }) => `<li><a href="#${anchor(name)}">${escaped(name)}</a></li>`);
  const title = escaped(String(info.title));
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<style>${style}</style></head><body>`,
    `<h1>${title}</h1>${prose(String(info.description))}`,
    `<p>For programs: <a href="openapi.json">openapi.json</a>.</p><nav><ul>${places.join('')}</ul></nav>`,
    `${parts.join('')}<h2>Schemas</h2>${schemas.join('')}</body></html>`,
  ].join('');
}

/** The API's own documentation. Built from the whole route table, so it is loaded on demand only. */
export const reference = (routes: Readonly<Record<string, Route>>) => {
  const document = openApiDocument(routes);
  const page = htmlPage(referencePage(document), pageStyleHash);
  return resource(referenceRoutes, {
    getOpenApiDocument: async () => ({ ...document }),
    getReferencePage: async () => page,
  });
};
