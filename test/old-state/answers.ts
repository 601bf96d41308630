import * as z from 'zod';
import type { Answer, TestProduct } from '../support/product.ts';

/** A request of somebody, and what came back. */
const Recorded = z.object({
  caller: z.string(),
  path: z.string(),
  status: z.number(),
  type: z.string(),
  etag: z.nullable(z.string()),
  body: z.unknown(),
});
export type Recorded = z.infer<typeof Recorded>;

/** What the old code answered, and what its clock said then (ISO 8601). */
export const Answers = z.object({ clock: z.string(), answers: z.array(Recorded) });

/** Everything of a list: its pages one after the other, because cursors are signed with this run's secret. */
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

/**
 * A body as it is compared: lines of JSON as what they say, since the table gives the parts of a map in any
 * order.
 */
function comparable({ headers, body }: Answer): unknown {
  if (headers.get('content-type')?.startsWith('application/jsonl') === true)
    return String(body)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  const { success, data } = Problem.safeParse(body);
  if (!success) return body;
  // A refusal as it was: what names its sentence has come since.
  const { reason: _, params: __, ...problem } = data;
  return { ...problem, requestId: '' };
}

/** Asks somebody's request, and answers it as it is recorded: without its own id. */
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

/** Asks many requests, some at the same time; the answers are in the order of the requests. */
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

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether all that was answered is answered still: fields may have come since, items of a list may not. */
export function holds(now: unknown, before: unknown): boolean {
  if (Array.isArray(before))
    return (
      Array.isArray(now) && now.length === before.length && before.every((item, at) => holds(now[at], item))
    );
  if (isRecord(before))
    return isRecord(now) && Object.entries(before).every(([name, value]) => holds(now[name], value));
  return Object.is(now, before);
}

const Rule = z.looseObject({ subject: z.union([z.string(), z.array(z.string())]) });
const WithRules = z.looseObject({ rules: z.array(Rule) });

/**
 * Answers without the rules of subjects that none of the recorded ones has: of nouns that were made since.
 */
export function withoutNewSubjects(answers: readonly Recorded[], recorded: readonly Recorded[]): Recorded[] {
  const rulesOf = ({ body }: Recorded) => WithRules.safeParse(body).data?.rules ?? [];
  const known = new Set(recorded.flatMap(rulesOf).flatMap(({ subject }) => subject));
  return answers.map((answer) => {
    const { success, data } = WithRules.safeParse(answer.body);
    if (!success) return answer;
    const rules = data.rules.filter(({ subject }) => [subject].flat().some((one) => known.has(one)));
    return { ...answer, body: { ...data, rules } };
  });
}
