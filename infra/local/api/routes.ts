import type { HttpApiResource } from '../assembly/http-api.ts';

/** The route that a request matched. */
export interface RouteMatch {
  /** `GET /api/things/{id}`. */
  readonly key: string;
  readonly functionArn: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the route of a request; undefined when there is none. */
export type FindRoute = (method: string, path: string) => RouteMatch | undefined;

const parameter = /^\{(\w+)\}$/;

/**
 * Matches as API Gateway does: paths with fewer parameters first. Greedy parameters and `$default` are
 * missing, because the template doesn't use them.
 */
export function routeFinder(routes: HttpApiResource['routes']): FindRoute {
  const table = routes
    .map(({ key, functionArn }) => {
      const [method = '', path = ''] = key.split(' ');
      const parts = path.split('/');
      return {
        key,
        functionArn,
        method,
        parts,
        variable: parts.filter((part) => parameter.test(part)).length,
      };
    })
    .sort((a, b) => a.variable - b.variable);
  return (method, path) => {
    const given = path.split('/');
    for (const { key, functionArn, method: own, parts } of table) {
      if (own !== method || parts.length !== given.length) continue;
      const parameters: Record<string, string> = {};
      const fits = parts.every((part, index) => {
        const value = given[index] ?? '';
        const [, name] = parameter.exec(part) ?? [];
        if (name === undefined) return part === value;
        parameters[name] = decoded(value);
        return value !== '';
      });
      if (fits) return { key, functionArn, parameters };
    }
    return undefined;
  };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
