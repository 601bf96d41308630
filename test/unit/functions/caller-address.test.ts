import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../functions/http/middleware/entrance.ts';
import { anEvent } from './support/event.ts';

const { requestContext } = anEvent();
const address = (forwardedFor?: string) =>
  addressOf({
    headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor },
    requestContext: { ...requestContext, http: { ...requestContext.http, sourceIp: '130.176.1.1' } },
  });

describe('a caller’s address', () => {
  it.each([
    ['the viewer’s, as CloudFront saw it', '203.0.113.7, 130.176.1.1', '203.0.113.7'],
    ['not what the viewer says it is', '198.51.100.1, 203.0.113.7, 130.176.1.1', '203.0.113.7'],
    ['one of IPv6 too', '2001:db8::7, 130.176.1.1', '2001:db8::7'],
    ['API Gateway’s when nobody stands between', '130.176.1.1', '130.176.1.1'],
    ['API Gateway’s when there is no such header', undefined, '130.176.1.1'],
    ['API Gateway’s when what stands there is no address', '<script>, 130.176.1.1', '130.176.1.1'],
  ])('is %s', (_, forwardedFor, expected) => {
    expect(address(forwardedFor)).toBe(expected);
  });
});
