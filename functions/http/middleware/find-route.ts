import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { AppError } from '../../../domain/errors.ts';
import { exchangeOf } from '../exchange.ts';
import type { HttpFunction, Route } from '../routes/route.ts';
import { type RouteName, routes } from '../routes/routes.ts';

export type HttpMiddleware = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>;

const names = new Map<string, RouteName>();
for (const name of Object.keys(routes))
  if (isRouteName(name)) names.set(`${routes[name].method} ${routes[name].path}`, name);

function isRouteName(name: string): name is RouteName {
  return Object.hasOwn(routes, name);
}

/** Finds the row of the route table that API Gateway matched; another function's route is as unknown as no route. */
export const findRoute = (self: HttpFunction): HttpMiddleware => ({
  before: ({ event }) => {
    const name = names.get(event.routeKey);
    const route: Route | undefined = name && routes[name];
    if (name === undefined || route?.function !== self)
      throw new AppError('not_found', 'There is no such address.');
    Object.assign(exchangeOf(event), { name, route });
  },
});
