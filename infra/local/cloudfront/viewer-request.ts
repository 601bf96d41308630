import { createContext, Script } from 'node:vm';
import * as z from 'zod';

const rewritten = z.object({ uri: z.string().startsWith('/') });

/**
 * A CloudFront function at the viewer request: JavaScript without modules whose `handler(event)` gives the request back,
 * perhaps with another address. The limit of time only ends one that hangs.
 */
export function viewerRequest(source: string): (uri: string, method: string) => string {
  const script = new Script(`${source}\nhandler(event);`);
  return (uri, method) => {
    const event = { version: '1.0', request: { method, uri, querystring: {}, headers: {}, cookies: {} } };
    const context = createContext({ event }, { codeGeneration: { strings: false, wasm: false } });
    return rewritten.parse(script.runInContext(context, { timeout: 2000 })).uri;
  };
}
