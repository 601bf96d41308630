import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { ClerkError, refusedParameter } from './answer.ts';

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
    body: await readBody(message),
  };
}

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > largestBody)
      throw new ClerkError(413, 'request_body_too_large', 'The request is larger than 1 MB.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
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
