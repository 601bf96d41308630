import { errorStatus } from '../../domain/errors.ts';
import { openApiDocument } from '../../functions/http/openapi/document.ts';
import { meanings, refusalsOf } from '../../functions/http/openapi/refusals.ts';
import type { Route } from '../../functions/http/route.ts';
import { routes } from '../../functions/http/routes.ts';

/** Codes that aren't listed per route, because nearly all routes can return them. */
const everywhere = new Set([
  'internal',
  'unauthenticated',
  'identity_unavailable',
  'rate_limited',
  'organization_inactive',
  'subscription_expired',
  'validation_failed',
]);

const who = ({ access }: Route): string => {
  switch (access.kind) {
    case 'anyone':
      return 'anyone';
    case 'identity':
      return 'signed in';
    case 'platform':
      return `super_admin: ${access.action} ${access.subject}`;
    case 'organization':
      return `${access.action} ${access.subject}`;
  }
};

/** The tables of `docs/api.md`: every route under its tag, then every code. */
export function apiRoutes(): string {
  const { paths, tags } = openApiDocument(routes);
  const rows = Object.entries<Route>(routes).map(([name, route]) => ({
    route,
    name,
    tag: paths[route.path]?.[route.method.toLowerCase()]?.tags[0],
  }));
  const sections = tags.map(({ name: tag }) => {
    const own = rows.filter((row) => row.tag === tag);
    const lines = own.map(({ name, route }) => {
      const own = refusalsOf(route).filter((code) => !everywhere.has(code));
      return `| \`${route.method} ${route.path.slice(4)}\` | ${name} | ${who(route)} | ${route.summary} | ${route.status} | ${own.join(', ')} |`;
    });
    return [
      `### ${tag}`,
      '',
      '| route | name | who | | status | refuses with |',
      '| --- | --- | --- | --- | --- | --- |',
      ...lines,
    ].join('\n');
  });
  const codes = Object.entries(errorStatus).map(([code, status]) => `| ${status} | \`${code}\` |`);
  const words = Object.values(meanings);
  return [
    ...sections,
    ['### Codes', '', '| status | code | when |', '| --- | --- | --- |']
      .concat(codes.map((line, index) => `${line} ${words[index]} |`))
      .join('\n'),
  ].join('\n\n');
}
