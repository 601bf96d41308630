import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Answer, TestProduct } from '../support/product.ts';

/** A user's request, and its response. */
const Recorded = z.object({
  caller: z.string(),
  path: z.string(),
  status: z.number(),
  type: z.string(),
  etag: z.nullable(z.string()),
  body: z.unknown(),
});
export type Recorded = z.infer<typeof Recorded>;

/** The old code's responses, and its clock at that time (ISO 8601). */
export const Answers = z.object({ clock: z.string(), answers: z.array(Recorded) });

/** All items of a list: its pages one after another, because cursors are signed with this run's secret. */
async function whole(ask: (path: string) => Promise<Answer>, path: string): Promise<Answer> {
  const first = await ask(path);
  const items: unknown[] = [...(first.body?.items ?? [])];
  let next: unknown = first.body?.nextCursor;
  while (typeof next === 'string') {
    const { body } = await ask(`${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(next)}`);
    items.push(...body.items);
    next = body.nextCursor;
  }
  return next === null ? { ...first, body: { items } } : first;
}

const Problem = z.looseObject({ code: z.string(), requestId: z.string() });

/** A body for comparison: JSON lines are parsed, since the table returns map members in any order. */
function comparable({ headers, body }: Answer): unknown {
  if (headers.get('content-type')?.startsWith('application/jsonl') === true)
    return String(body)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  const { success, data } = Problem.safeParse(body);
  if (!success) return body;
  // An error as it was: parameters of its message were added since.
  const { reason: _, params: __, ...problem } = data;
  return { ...problem, requestId: '' };
}

/** Sends a user's request, and returns the recorded form of its response, without the request id. */
async function askAs(product: TestProduct, token: string, caller: string, path: string): Promise<Recorded> {
  const answer = await whole((at) => product.api(at, { token }), path);
  const { status, headers } = answer;
  return {
    caller,
    path,
    status,
    type: headers.get('content-type') ?? '',
    etag: headers.get('etag'),
    body: comparable(answer),
  };
}

const atOnce = 4;

/** Sends many requests, some concurrently; the responses are in the order of the requests. */
export async function askAll(
  product: TestProduct,
  requests: readonly Pick<Recorded, 'caller' | 'path'>[],
): Promise<Recorded[]> {
  const tokens = new Map<string, string>();
  for (const { caller } of requests)
    if (!tokens.has(caller)) tokens.set(caller, await product.signIn(caller));
  const answers: Recorded[] = [];
  const waiting = [...requests.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, { caller, path }] = next;
      answers[index] = await askAs(product, tokens.get(caller) ?? '', caller, path);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return answers;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isRule = (value: unknown): boolean => isObject(value) && 'subject' in value && 'action' in value;

/** The name of a figure, by which lists of figures are sorted. */
const metricOf = (value: unknown): unknown => (isObject(value) ? Reflect.get(value, 'metric') : undefined);

/** Messages for users, which may have been reworded since; clients rely on the code next to them. */
const isSentence = (name: string, of: object): boolean =>
  (name === 'title' && ('code' in of || 'hint' in of)) || name === 'hint' || name === 'message';

const fieldsOf = (rule: unknown): unknown => (isObject(rule) ? Reflect.get(rule, 'fields') : undefined);

/** A rule with only those fields that the other one has. */
function withFieldsOf(rule: unknown, other: unknown): unknown {
  const [fields, known] = [fieldsOf(rule), fieldsOf(other)];
  if (!isObject(rule) || !Array.isArray(fields) || !Array.isArray(known)) return rule;
  return { ...rule, fields: fields.filter((field) => known.includes(field)) };
}

const rulesThere = (now: readonly unknown[], before: readonly unknown[]): readonly unknown[] =>
  now.flatMap((one) => before.find((rule) => isDeepStrictEqual(withFieldsOf(one, rule), rule)) ?? []);

function listWithoutAdditions(now: readonly unknown[], before: readonly unknown[]): readonly unknown[] {
  if (before.some(isRule)) return rulesThere(now, before);
  const metrics = before.map(metricOf);
  const known = metrics.includes(undefined) ? now : now.filter((one) => metrics.includes(metricOf(one)));
  if (known.length !== before.length) return now;
  return known.map((one, index) => withoutAdditions(one, before[index]));
}

/** A value without what was added since the recorded one: fields, figures and rules. */
function withoutAdditions(now: unknown, before: unknown): unknown {
  if (Array.isArray(now) && Array.isArray(before)) return listWithoutAdditions(now, before);
  if (!isObject(now) || !isObject(before) || Array.isArray(now)) return now;
  return Object.fromEntries(
    Object.entries(now)
      .filter(([name]) => Object.hasOwn(before, name))
      .map(([name, value]) => {
        const old: unknown = Reflect.get(before, name);
        // Attention lists are sorted by score since decision 88.
        const isOther = isSentence(name, before) || name === 'attention';
        return [name, isOther ? old : withoutAdditions(value, old)];
      }),
  );
}

/** Removes what was added since from responses: existing data must be unchanged, in the recorded order. */
export const withoutNewThings = (answers: readonly Recorded[], recorded: readonly Recorded[]): Recorded[] =>
  answers.map((answer, index) => ({
    ...answer,
    body: withoutAdditions(answer.body, recorded[index]?.body),
  }));
