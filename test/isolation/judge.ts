import type { Answer } from '../support/product.ts';
import type { Attempt } from './attempts.ts';
import type { Configuration, Layer } from './layers.ts';

/**
 * What came of an attempt. `refused`: by an answer of the product's; `stopped`: by the guard or by IAM, as
 * the function's log says; `nothing`: answered, with nothing of the attacked organization's. The others are
 * findings, but for the control.
 */
export type Verdict = 'refused' | 'stopped' | 'nothing' | 'leak' | 'let in' | 'broken';
export const isFinding = (verdict: Verdict): boolean => ['leak', 'let in', 'broken'].includes(verdict);

export interface Outcome {
  readonly verdict: Verdict;
  readonly status: number;
  /** What the layer said, or what is wrong. */
  readonly evidence?: string;
}

const sentences: Readonly<Record<Exclude<Layer, 'code'>, RegExp>> = {
  guard: /"(\w+Command: [^"]+)"/,
  IAM: /not authorized to perform: (dynamodb:\w+ on resource: [^\s"\\]+)/,
};

/** Which layer a line of a function's log says has refused, and what. */
export function refusalIn(line = ''): { readonly layer: Layer; readonly what: string } | undefined {
  for (const layer of ['guard', 'IAM'] as const) {
    const [, what] = sentences[layer].exec(line) ?? [];
    if (what !== undefined)
      return { layer, what: what.replace(/arn:aws:dynamodb:.*:table\/[^/\s]+/, 'the table') };
  }
  return undefined;
}

/** All that an answer tells, but for the name of the request. */
const told = ({ status, headers, body }: Answer): string => {
  const { requestId: _, ...rest } = typeof body === 'object' && body !== null ? body : { text: body };
  return JSON.stringify({ status, body: rest, type: headers.get('content-type'), etag: headers.get('etag') });
};

interface Judged {
  readonly attempt: Attempt;
  readonly answer: Answer;
  /** The answer to the same request for what never was, where the path names it. */
  readonly absent: Answer | undefined;
  readonly secrets: readonly string[];
  /** What the function logged of the request. */
  readonly line: string | undefined;
}

/** Judges an answer by which layers stand. */
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
 * Where a success may be right: a list that is asked about something foreign is empty, a key of another
 * organization is as good as new, and of a list of lines each is refused by itself. What came of it is seen
 * in the table.
 */
const takesParts = ({ target }: Attempt) =>
  !['cursor', 'organization'].includes(target) && !isPathTarget(target);
const isPathTarget = (target: Attempt['target']) =>
  /^(team|user|KPI|check-in|initiative|comment|invitation)$/.test(target);

/**
 * Whether an attempt came to what is the attacked organization's: its data are in the answer, or a write was
 * done or met the state that something of it has.
 */
export const isReached = ({ route }: Attempt, { verdict, status }: Outcome): boolean =>
  verdict === 'leak' || (route.method !== 'GET' && (status < 300 || status === 409 || status === 412));
