import type { Answer } from '../support/product.ts';
import type { Attempt } from './attempts.ts';
import type { Configuration, Layer } from './layers.ts';

/**
 * The outcome of an attempt. `refused`: by the product's response; `stopped`: by the guard or by IAM,
 * according to the function's log; `nothing`: a response without data of the attacked organization. All
 * others are findings, except in the control.
 */
export type Verdict = 'refused' | 'stopped' | 'nothing' | 'leak' | 'let in' | 'broken';
export const isFinding = (verdict: Verdict): boolean => ['leak', 'let in', 'broken'].includes(verdict);

export interface Outcome {
  readonly verdict: Verdict;
  readonly status: number;
  /** The layer's message, or the problem. */
  readonly evidence?: string;
}

const sentences: Readonly<Record<Exclude<Layer, 'code'>, RegExp>> = {
  guard: /"(\w+Command: [^"]+)"/,
  IAM: /not authorized to perform: (dynamodb:\w+ on resource: [^\s"\\]+)/,
};

/** The layer that refused, according to a line of a function's log, and what. */
export function refusalIn(line = ''): { readonly layer: Layer; readonly what: string } | undefined {
  for (const layer of ['guard', 'IAM'] as const) {
    const [, what] = sentences[layer].exec(line) ?? [];
    if (what !== undefined)
      return { layer, what: what.replace(/arn:aws:dynamodb:.*:table\/[^/\s]+/, 'the table') };
  }
  return undefined;
}

/** The content of a response, without the request's id. */
const told = ({ status, headers, body }: Answer): string => {
  const { requestId: _, ...rest } = typeof body === 'object' && body !== null ? body : { text: body };
  return JSON.stringify({ status, body: rest, type: headers.get('content-type'), etag: headers.get('etag') });
};

interface Judged {
  readonly attempt: Attempt;
  readonly answer: Answer;
  /** The response to the same request with nonexistent ids, if the path contains foreign ones. */
  readonly absent: Answer | undefined;
  readonly secrets: readonly string[];
  /** The function's log lines for the request. */
  readonly line: string | undefined;
}

/** Judges a response by the active layers. */
export function judge({ on }: Pick<Configuration, 'on'>, judged: Judged): Outcome {
  const { attempt, answer, absent, secrets, line } = judged;
  const { status, headers, body } = answer;
  const text = `${JSON.stringify([...headers])}${JSON.stringify(body)}`;
  const secret = secrets.find((one) => text.includes(one));
  if (secret !== undefined) return { verdict: 'leak', status, evidence: `tells ${secret}` };
  if (status >= 500) {
    const refusal = refusalIn(line);
    const isExpected = refusal !== undefined && on.includes(refusal.layer) && !on.includes('code');
    return isExpected
      ? { verdict: 'stopped', status, evidence: refusal.what }
      : { verdict: 'broken', status, evidence: (line ?? 'without a word in the log').slice(0, 600) };
  }
  if (!on.includes('code')) return { verdict: status >= 400 ? 'refused' : 'nothing', status };
  if (absent !== undefined && told(answer) !== told(absent))
    return { verdict: 'let in', status, evidence: `otherwise than for what never was: ${told(absent)}` };
  if (status >= 400) return { verdict: 'refused', status };
  return takesParts(attempt)
    ? { verdict: 'nothing', status }
    : { verdict: 'let in', status, evidence: JSON.stringify(body).slice(0, 300) };
}

/**
 * A success may be correct: a list filtered by a foreign id is empty, a key of another organization counts
 * as unused, and each line of a list is refused separately. The table shows the result.
 */
const takesParts = ({ target }: Attempt) =>
  !['cursor', 'organization'].includes(target) && !isPathTarget(target);
const isPathTarget = (target: Attempt['target']) =>
  /^(team|user|KPI|check-in|initiative|comment|invitation)$/.test(target);

/**
 * Whether an attempt reached the attacked organization's data: the response contains it, or a write
 * succeeded or conflicted with its state.
 */
export const isReached = ({ route }: Attempt, { verdict, status }: Outcome): boolean =>
  verdict === 'leak' || (route.method !== 'GET' && (status < 300 || status === 409 || status === 412));
