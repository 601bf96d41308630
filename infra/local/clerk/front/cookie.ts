import { mount } from '../http/clerk-request.ts';

/** Cookies of localhost are shared by its ports; the name keeps two runs of the product apart. */
const nameFor = (origin: string) => `__session_${new URL(origin).port || 'default'}`;

const attributes = `Path=${mount}; HttpOnly; SameSite=Lax`;

/** Signs the browser in; the cookie goes when the browser closes. */
export const sessionCookie = (origin: string, sessionId: string): string =>
  `${nameFor(origin)}=${sessionId}; ${attributes}`;

export const noSessionCookie = (origin: string): string => `${nameFor(origin)}=; ${attributes}; Max-Age=0`;

/** The session id in a Cookie header, or an empty text. */
export function readSessionCookie(origin: string, header = ''): string {
  const start = `${nameFor(origin)}=`;
  const pair = header.split(/;\s*/).find((entry) => entry.startsWith(start));
  return pair?.slice(start.length) ?? '';
}
