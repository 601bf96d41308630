import { readFileSync } from 'node:fs';
import type { Route } from '../route.ts';

/** The pages' style sheet. */
export const styleRoutes = (): Route[] => {
  const body = readFileSync(new URL('./pages.css', import.meta.url), 'utf8');
  const headers = { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' };
  return [{ method: 'GET', path: '/pages.css', handle: () => ({ status: 200, headers, body }) }];
};
