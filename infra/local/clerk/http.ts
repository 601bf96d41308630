import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { readBody } from '../http.ts';

/** A response of the stand-in: text with headers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Clerk's client parses a response as JSON only if its type is exactly `application/json`. */
export const json = (body: unknown, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

export const noContent = (headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: 204,
  headers,
  body: '',
});

/** Clerk's error body. */
export function errorAnswer(error: unknown): Answer {
  const { status, code, message, details } = asClerkError(error);
  const { longMessage = message, meta = {} } = details;
  return json({ errors: [{ code, message, long_message: longMessage, meta }] }, status);
}

function asClerkError(error: unknown): ClerkError {
  if (error instanceof ClerkError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new ClerkError(500, 'internal_clerk_error', 'Oops, an unexpected error occurred', {
    longMessage: `The Clerk stand-in failed: ${reason}`,
  });
}

/** Details of an error. Source: Clerk Backend API, errors. */
interface Details {
  /** For a developer; the message itself when absent. */
  readonly longMessage?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** An error as Clerk returns it: the code that clients switch on, a message, and the HTTP status. */
export class ClerkError extends Error {
  override readonly name = 'ClerkError';
  readonly status: number;
  readonly code: string;
  readonly details: Details;

  constructor(status: number, code: string, message: string, details: Details = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export const notFound = (what: string) =>
  new ClerkError(404, 'resource_not_found', 'not found', { longMessage: what });

/** A parameter that Clerk refuses with 422. */
const refusedParameter = (code: string, message: string, parameter: string) =>
  new ClerkError(422, code, message, { meta: { param_name: parameter } });

export const addressTaken = () =>
  refusedParameter(
    'form_identifier_exists',
    'That email address is taken. Please try another.',
    'email_address',
  );

/** A request as the stand-in's routes see it. */
export interface ClerkRequest {
  readonly method: string;
  /** Path and query, without the mount's `/clerk`. */
  readonly url: URL;
  /** The parts of the path that the route names. */
  readonly params: Readonly<Record<string, string>>;
  readonly header: (name: string) => string | undefined;
  readonly body: string;
}

/** The path the stand-in is mounted at. */
export const mount = '/clerk';
const largestBody = 1024 * 1024;

/** Reads a whole request. Refuses bodies over 1 MB. */
export async function readRequest(message: IncomingMessage): Promise<ClerkRequest> {
  const body = await readBody(message, largestBody);
  if (body === null) throw new ClerkError(413, 'request_body_too_large', 'The request is larger than 1 MB.');
  const url = new URL(message.url ?? '/', 'http://clerk');
  if (url.pathname.startsWith(`${mount}/`)) url.pathname = url.pathname.slice(mount.length);
  return {
    method: message.method ?? 'GET',
    url,
    params: {},
    header(name) {
      const value = message.headers[name];
      return typeof value === 'string' ? value : undefined;
    },
    body: body.toString(),
  };
}

/** A JSON body of the given shape; no body counts as an empty object, as at Clerk. */
export function bodyOf<Shape extends z.ZodType>(request: ClerkRequest, shape: Shape): z.infer<Shape> {
  return parse(readJson(request.body || '{}'), shape);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ClerkError(400, 'request_body_invalid', 'Request body invalid', { longMessage: String(cause) });
  }
}

/** The query's parameters, each with all its values. */
export function queryOf<Shape extends z.ZodType>(request: ClerkRequest, shape: Shape): z.infer<Shape> {
  const { searchParams } = request.url;
  return parse(
    Object.fromEntries([...searchParams.keys()].map((key) => [key, searchParams.getAll(key)])),
    shape,
  );
}

function parse<Shape extends z.ZodType>(value: unknown, shape: Shape): z.infer<Shape> {
  const parsed = shape.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = issue?.path[0]?.toString() ?? '';
  if (issue?.code === 'unrecognized_keys')
    throw refusedParameter(
      'form_param_unknown',
      `${issue.keys.join(', ')} is not a parameter that the Clerk stand-in knows.`,
      issue.keys[0] ?? '',
    );
  if (issue?.input === undefined) throw refusedParameter('form_param_missing', `${name} is missing`, name);
  throw refusedParameter('form_param_format_invalid', `${name}: ${issue.message}`, name);
}

/**
 * Refuses cross-site requests, which would carry this browser's cookies. Browsers send Fetch Metadata or
 * Origin (RFC 6454); a client without either is no browser.
 */
export function refuseOtherSites({ header }: ClerkRequest, origin: string): void {
  const site = header('sec-fetch-site') ?? 'same-origin';
  const from = header('origin') ?? origin;
  if ((site !== 'same-origin' && site !== 'none') || from !== origin)
    throw new ClerkError(
      403,
      'origin_invalid',
      `This is for pages of ${origin} only. Open the product there.`,
    );
}

/** A parameter that may be given once. */
export const once = z
  .array(z.string())
  .length(1, 'is given more than once')
  .transform(([value = '']) => value);

/** A parameter that may be repeated, or have several values, separated by commas. */
export const several = z.array(z.string()).transform((values) => values.flatMap((value) => value.split(',')));

const count = (least: number, most: number) => once.transform(Number).pipe(z.int().min(least).max(most));

/** Parameters of every list. Source: Clerk Backend API, pagination. */
export const paging = {
  limit: count(1, 500).default(10),
  offset: count(0, Number.MAX_SAFE_INTEGER).default(0),
};

/** `+` or no sign: ascending; `-`: descending. */
export const orderBy = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  once
    .transform((text) => ({ name: text.replace(/^[+ -]/, ''), down: text.startsWith('-') }))
    .pipe(z.object({ name: z.enum(names), down: z.boolean() }));

type Sortable = string | number | null | undefined;

/** Sorts stably; a descending sort reverses the ascending one. */
export function sorted<Item>(items: readonly Item[], by: (item: Item) => Sortable, down: boolean): Item[] {
  const ascending = items.toSorted((one, other) => compare(by(one) ?? '', by(other) ?? ''));
  return down ? ascending.reverse() : ascending;
}

const compare = (one: string | number, other: string | number) => (one < other ? -1 : one > other ? 1 : 0);

export const page = <Item>(items: readonly Item[], { limit, offset }: { limit: number; offset: number }) =>
  items.slice(offset, offset + limit);
