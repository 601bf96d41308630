import type * as z from 'zod/mini';
import type { Route } from '../../functions/http/route.ts';
import { errorOf, offline } from './api-error.ts';

type Part<R extends Route, Name extends 'params' | 'query' | 'body'> = R[Name] extends z.ZodMiniType
  ? { readonly [Key in Name]: z.input<R[Name]> }
  : { readonly [Key in Name]?: never };

/** What any call may carry: the revision that a change is based on, and its idempotency key. */
interface Around {
  readonly revision?: number | undefined;
  readonly key?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a call of a route takes: its path parameters, query and body. */
type Input<R extends Route> = Part<R, 'params'> & Part<R, 'query'> & Part<R, 'body'> & Around;
type Output<R extends Route> = R['response'] extends z.ZodMiniType ? z.output<R['response']> : null;

/** Calls a route of the route table. Throws `ApiError`. */
export type CallApi = <R extends Route>(route: R, input: Input<R>) => Promise<Output<R>>;

interface LooseInput extends Around {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

function addressOf(route: Route, { params, query }: LooseInput): string {
  const values = new Map(entriesOf(params));
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values.get(name))),
  );
  const given = entriesOf(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return search.size === 0 ? path : `${path}?${search}`;
}

function requestOf(
  route: Route,
  { body, revision, key, signal }: LooseInput,
  token: string | null,
): RequestInit {
  const headers = new Headers({ accept: 'application/json' });
  if (token !== null) headers.set('authorization', `Bearer ${token}`);
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (revision !== undefined) headers.set('if-match', `"${revision}"`);
  if (key !== undefined) headers.set('idempotency-key', key);
  return {
    method: route.method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  };
}

/** One part of a file, and the cursor of the next. */
interface FilePart {
  readonly blob: Blob;
  readonly nextCursor: string | null;
}

/** Calls a route that returns part of a file. Throws `ApiError`. */
export type CallFile = <R extends Route>(route: R, input: Input<R>) => Promise<FilePart>;

type Token = () => Promise<string | null>;

async function send(route: Route, input: LooseInput, token: Token): Promise<Response> {
  const request = requestOf(route, input, await token());
  const response = await fetch(addressOf(route, input), request).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw offline();
  });
  if (!response.ok) throw await errorOf(response);
  return response;
}

/**
 *
 * @param token returns a valid session token, or null when no one is signed in
 */
export const createApi =
  (token: Token): CallApi =>
  async (route, input) =>
    await parsed(route, await send(route, input, token));

/** Like `createApi`, for routes that return files. */
export const createFileApi =
  (token: Token): CallFile =>
  async (route, input) => {
    const response = await send(route, input, token);
    return { blob: await response.blob(), nextCursor: response.headers.get('x-next-cursor') };
  };

/** Parses a response with the route's own schema. */
async function parsed<R extends Route>(route: R, response: Response): Promise<Output<R>> {
  const body: unknown = route.response === undefined ? null : route.response.parse(await response.json());
  // biome-ignore lint/nursery/noUnsafeTypeAssertion: here a route's schema becomes its caller's type
  return body as Output<R>;
}

/** Saves a file through the browser's download. */
export function saveFile(parts: readonly Blob[], name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
