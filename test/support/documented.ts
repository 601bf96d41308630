import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { type OpenApiDocument, openApiDocument } from '../../functions/http/openapi/document.ts';
import type { Operation } from '../../functions/http/openapi/operation.ts';
import { routes } from '../../functions/http/routes.ts';

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Headers that HTTP, API Gateway and CloudFront add to every response. */
const ofTransport = new Set([
  'cache-control',
  'connection',
  'content-encoding',
  'content-length',
  'content-security-policy',
  'content-type',
  'date',
  'keep-alive',
  'referrer-policy',
  'strict-transport-security',
  'transfer-encoding',
  'vary',
  'vary',
  'x-content-type-options',
  'x-frame-options',
]);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The document read strictly: an object has the described properties, and no others. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (!isObject(value)) return value;
  const parts: Record<string, unknown> = Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, closed(part)]),
  );
  const isOpen = parts.type === 'object' && 'properties' in parts && !('additionalProperties' in parts);
  return isOpen ? { ...parts, additionalProperties: false } : parts;
}

/** Finds the operation of a request; undefined for a path that the API doesn't have. */
function operations({ paths }: OpenApiDocument) {
  const known = Object.entries(paths)
    .map(([path, methods]) => ({
      path,
      methods,
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    }))
    // Literal segments before parameters.
    .toSorted((one, other) => one.path.split('{').length - other.path.split('{').length);
  return (method: string, address: string) => {
    const [path = ''] = address.split('?');
    const found = known.find(({ pattern, methods }) => pattern.test(path) && method.toLowerCase() in methods);
    const operation = found?.methods[method.toLowerCase()];
    return found === undefined || operation === undefined ? undefined : { path: found.path, operation };
  };
}

/** The position of a part of the document, as a JSON pointer in a URI. */
const pointer = (...parts: readonly string[]) =>
  `api#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;

/**
 * Validates responses against the API's document; created once, because each schema is compiled on first
 * use.
 */
export function documented(): Judge {
  judge ??= judgeByDocument();
  return judge;
}

/** Returns the problem with a response, or null. */
type Judge = (method: string, address: string, answer: Answered) => string | null;

let judge: Judge | undefined;

function judgeByDocument(): Judge {
  const document = openApiDocument(routes);
  const find = operations(document);
  const schemas = new Ajv2020({ strict: false, coerceTypes: false });
  formats.default(schemas);
  schemas.addSchema(Object.assign({}, closed(document), { $id: 'api' }));

  const wrongWith = (value: unknown, place: string): string | null => {
    const validate = schemas.getSchema(place);
    if (validate === undefined) return `no schema at ${place}`;
    return validate(value) === true ? null : schemas.errorsText(validate.errors);
  };

  const wrongHeader = (headers: Headers, response: Operation['responses'][string]): string | null => {
    const described = Object.entries(response.headers ?? {}).map(([name, part]) => ({
      name: name.toLowerCase(),
      required: '$ref' in part ? document.components.headers[name]?.required : part.required,
      place: '$ref' in part ? pointer('components', 'headers', name, 'schema') : null,
    }));
    for (const { name, required, place } of described) {
      const value = headers.get(name);
      if (value === null && required === true) return `no header ${name}`;
      const read = name === 'retry-after' ? Number(value) : value;
      const wrong = value === null || place === null ? null : wrongWith(read, place);
      if (wrong !== null) return `header ${name}: ${wrong}`;
    }
    const names = new Set(described.map(({ name }) => name));
    const unknown = [...headers.keys()].filter((name) => !names.has(name) && !ofTransport.has(name));
    return unknown.length === 0 ? null : `undescribed headers: ${unknown.join(', ')}`;
  };

  return (method, address, { status, headers, body }) => {
    const operationMethod = method === 'HEAD' ? 'GET' : method;
    const found = find(operationMethod, address);
    const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
    // An unknown path, or a body that is too large: API Gateway's own responses.
    if (found === undefined || (type === 'application/json' && [404, 413].includes(status))) return null;
    const response = found.operation.responses[status];
    if (response === undefined) return `undescribed status ${status}`;
    const { content } = response;
    const at = [
      'paths',
      found.path,
      operationMethod.toLowerCase(),
      'responses',
      String(status),
      'content',
      type,
      'schema',
    ];
    if (method === 'HEAD') return body === '' ? wrongHeader(headers, response) : 'a body for HEAD';
    if (content === undefined) return body === '' ? wrongHeader(headers, response) : 'an undescribed body';
    if (!(type in content)) return `undescribed content type ${type}`;
    const ofGateway = status === 429 && type === 'application/json';
    return wrongWith(body, pointer(...at)) ?? (ofGateway ? null : wrongHeader(headers, response));
  };
}
