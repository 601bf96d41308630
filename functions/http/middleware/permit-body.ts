import { exchangeOf, required } from '../exchange.ts';
import { allowsBody } from '../permit.ts';
import { forbidden } from './authorize.ts';
import type { HttpMiddleware } from './find-route.ts';

/** Asks the rules about each field of the body, where the path alone decides: `permit` does where the handler reads the instance. */
export const permitBody = (): HttpMiddleware => ({
  before: ({ event }) => {
    const exchange = exchangeOf(event);
    const { access } = required(exchange.route, 'route');
    if (access.kind === 'anyone' || access.kind === 'identity' || exchange.instance === undefined) return;
    if (!allowsBody(exchange, access, exchange.instance)) throw forbidden(access);
  },
});
