import { Me } from '../../../domain/user/me.schema.ts';
import type { Route } from '../route.ts';

/** The caller's own profile. */
export const meRoutes = {
  getMe: {
    method: 'GET',
    path: '/api/me',
    function: 'organization',
    access: { kind: 'identity' },
    summary: 'Get the signed-in user: organization, permission rules, landing path',
    status: 200,
    response: Me,
  },
} as const satisfies Record<string, Route>;
