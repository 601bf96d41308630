import type { OpenApiDocument } from './document.ts';
import type { Operation } from './operation.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Markdown as our own texts use it: paragraphs and code. */
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

/** The document as one page without scripts: every operation under its tag, then the schemas. */
export function referencePage({ info, tags, paths, components }: OpenApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const parts = tags.map(({ name }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    return `<h2>${escaped(name)}</h2>${own.map(({ path, method, operation }) => operationHtml(path, method, operation)).join('')}`;
  });
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `<h3 id="schema-${escaped(name)}">${escaped(name)}</h3>${linked(schema)}`,
  );
  const title = escaped(String(info.title));
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>',
    `<h1>${title}</h1>${prose(String(info.description))}`,
    `${parts.join('')}<h2>Schemas</h2>${schemas.join('')}</body></html>`,
  ].join('');
}
