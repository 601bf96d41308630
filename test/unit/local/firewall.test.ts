import { describe, expect, it } from 'vitest';
import { addressRulesOf, firewall } from '../../../infra/local/cloudfront/firewall.ts';

const starts = (field: object, text: string, type = 'NONE') => ({
  ByteMatchStatement: {
    FieldToMatch: field,
    PositionalConstraint: 'STARTS_WITH',
    SearchString: text,
    TextTransformations: [{ Priority: 0, Type: type }],
  },
});
const rate = (limit: number, scope?: object) => ({
  RateBasedStatement: {
    AggregateKeyType: 'IP',
    EvaluationWindowSec: 60,
    Limit: limit,
    ...(scope && { ScopeDownStatement: scope }),
  },
});
const withoutToken = {
  AndStatement: {
    Statements: [
      starts({ UriPath: {} }, '/api/'),
      {
        NotStatement: {
          Statement: starts({ SingleHeader: { Name: 'authorization' } }, 'bearer ', 'LOWERCASE'),
        },
      },
    ],
  },
};
const rules = addressRulesOf({
  all: () => [
    {
      stack: 'edge',
      logicalId: 'Acl',
      type: 'AWS::WAFv2::WebACL',
      properties: {
        Rules: [
          { Name: 'in total', Priority: 1, Statement: rate(6) },
          { Name: 'without token', Priority: 0, Statement: rate(3, withoutToken) },
          { Name: 'managed', Priority: 2, Statement: { ManagedRuleGroupStatement: {} } },
        ],
      },
    },
  ],
  assetPath: () => '',
});

const ask = (authorization?: string, remoteAddress = '203.0.113.7') => ({
  headers: authorization === undefined ? {} : { authorization },
  socket: { remoteAddress },
});
const times = (count: number, refuses: () => boolean) => Array.from({ length: count }, refuses);

describe('the firewall of the local run', () => {
  it('refuses an address that asks the API too much without a token, and lets its people with one go on', () => {
    const refuses = firewall(rules, () => 0);
    expect(times(5, () => refuses(ask(), '/api/me'))).toEqual([false, false, false, true, true]);
    expect(refuses(ask('Bearer one'), '/api/me')).toBe(false);
    expect(refuses(ask(), '/index.html')).toBe(false);
    expect(refuses(ask(undefined, '203.0.113.8'), '/api/me')).toBe(false);
  });

  it('refuses an address that asks too much in total, until the next minute', () => {
    let now = 0;
    const refuses = firewall(rules, () => now);
    expect(times(7, () => refuses(ask('Bearer one'), '/api/me')).at(-1)).toBe(true);
    now = 60_000;
    expect(refuses(ask('Bearer one'), '/api/me')).toBe(false);
  });
});
