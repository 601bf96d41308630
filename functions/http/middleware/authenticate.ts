import { AppError } from '../../../domain/errors.ts';
import { addressOf } from '../caller-address.ts';
import { exchangeOf, required } from '../exchange.ts';
import type { VerifyToken } from '../identity.ts';
import type { HttpMiddleware } from './find-route.ts';

/** Verifies the bearer token (RFC 6750) of every route that isn't for anyone. */
export const authenticate = (verify: VerifyToken): HttpMiddleware => ({
  before: async ({ event }) => {
    const exchange = exchangeOf(event);
    if (required(exchange.route, 'route').access.kind === 'anyone') return;
    const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(event.headers.authorization ?? '') ?? [];
    if (token === undefined) throw new AppError('unauthenticated', 'Sign in first.');
    const identity = await verify(token);
    exchange.identity = identity;
    const { userAgent }: { readonly userAgent?: string | null } = event.requestContext.http;
    exchange.actor = {
      by: identity.userId,
      role: 'team_member',
      requestId: exchange.requestId,
      impersonatedBy: identity.impersonatedBy,
      ip: addressOf(event),
      userAgent: userAgent?.slice(0, 256).toWellFormed(),
    };
  },
});
