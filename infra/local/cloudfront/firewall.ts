import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { addressOf } from '../api/gateway.ts';
import type { Deployment } from '../assembly/deployment.ts';

/** The parts of a request that rules read. */
interface Asked extends Pick<IncomingMessage, 'headers'> {
  readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress'>;
}

/** A rate-based rule by address. */
export interface AddressRule {
  readonly name: string;
  readonly limit: number;
  readonly seconds: number;
  /** Which requests count. */
  readonly counts: (request: Asked, path: string) => boolean;
}

const byteMatch = z.looseObject({
  FieldToMatch: z.union([
    z.strictObject({ UriPath: z.looseObject({}) }),
    z.strictObject({ SingleHeader: z.object({ Name: z.string() }) }),
  ]),
  PositionalConstraint: z.literal('STARTS_WITH'),
  SearchString: z.string(),
  TextTransformations: z.tuple([z.looseObject({ Type: z.enum(['NONE', 'LOWERCASE']) })]),
});

type Statement =
  | { readonly AndStatement: { readonly Statements: Statement[] } }
  | { readonly NotStatement: { readonly Statement: Statement } }
  | { readonly ByteMatchStatement: z.infer<typeof byteMatch> };

const statement: z.ZodType<Statement> = z.union([
  z.strictObject({
    AndStatement: z.strictObject({
      get Statements() {
        return z.array(statement);
      },
    }),
  }),
  z.strictObject({
    NotStatement: z.strictObject({
      get Statement() {
        return statement;
      },
    }),
  }),
  z.strictObject({ ByteMatchStatement: byteMatch }),
]);

/** https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-list.html */
function matches(rule: Statement, request: Asked, path: string): boolean {
  if ('AndStatement' in rule)
    return rule.AndStatement.Statements.every((part) => matches(part, request, path));
  if ('NotStatement' in rule) return !matches(rule.NotStatement.Statement, request, path);
  const { FieldToMatch: field, SearchString, TextTransformations } = rule.ByteMatchStatement;
  const text = 'UriPath' in field ? path : String(request.headers[field.SingleHeader.Name] ?? '');
  const [{ Type }] = TextTransformations;
  return (Type === 'LOWERCASE' ? text.toLowerCase() : text).startsWith(SearchString);
}

const acl = z.looseObject({
  Rules: z.array(
    z.looseObject({
      Name: z.string(),
      Priority: z.number(),
      Statement: z.looseObject({
        RateBasedStatement: z
          .looseObject({
            AggregateKeyType: z.literal('IP'),
            EvaluationWindowSec: z.number(),
            Limit: z.number(),
            ScopeDownStatement: statement.optional(),
          })
          .optional(),
      }),
    }),
  ),
});

/** Reads the rules by address of the one firewall. AWS's own rules aren't published. */
export function addressRulesOf(deployment: Deployment): AddressRule[] {
  const [{ Rules }] = z
    .tuple([acl])
    .parse(deployment.all('AWS::WAFv2::WebACL').map(({ properties }) => properties));
  return Rules.toSorted((one, other) => one.Priority - other.Priority).flatMap(({ Name, Statement }) => {
    const { RateBasedStatement: rate } = Statement;
    if (rate === undefined) return [];
    const { ScopeDownStatement: scope, Limit: limit, EvaluationWindowSec: seconds } = rate;
    const counts = (request: Asked, path: string) => scope === undefined || matches(scope, request, path);
    return [{ name: Name, limit, seconds, counts }];
  });
}

/**
 * Whether the first rule over its limit blocks a request. Later rules don't see a blocked one. WAF
 * estimates over a sliding window; here, each window starts when the previous one ends.
 */
export function firewall(rules: readonly AddressRule[], now = () => Date.now()) {
  const windows = rules.map(() => ({ until: 0, counts: new Map<string, number>() }));
  return (request: Asked, path: string): boolean =>
    rules.some((rule, index) => {
      const window = windows[index];
      if (window === undefined || !rule.counts(request, path)) return false;
      if (window.until <= now())
        Object.assign(window, { until: now() + rule.seconds * 1000, counts: new Map() });
      const address = addressOf(request.socket);
      const count = (window.counts.get(address) ?? 0) + 1;
      window.counts.set(address, count);
      return count > rule.limit;
    });
}
