import type { IncomingMessage } from 'node:http';
import type { AwsServices } from '../aws/services.ts';
import { fromOurselves, type HttpAnswer, json, text } from '../http/answer.ts';
import type { Lambda } from '../lambda/lambda.ts';
import { type ConsoleState, consolePage } from './console-page.ts';

interface ConsoleOptions {
  readonly origin: string;
  readonly aws: AwsServices;
  readonly lambda: Lambda;
}

const runPath = /^\/local\/schedules\/([\w-]+)\/run$/;

/** What runs inside the product at the moment, and its schedules to be run now. Exists on one's own machine only. */
export function localConsole({ origin, aws, lambda }: ConsoleOptions) {
  const state = async (): Promise<ConsoleState> => ({
    functions: lambda.status(),
    consumers: aws.consumers(),
    schedules: aws.schedules(),
    failures: await aws.failures(),
    events: aws.busEvents(),
  });
  return async (request: IncomingMessage, url: URL): Promise<HttpAnswer> => {
    if (request.method === 'POST') {
      const [, name] = runPath.exec(url.pathname) ?? [];
      if (name === undefined) return text(404, 'Not Found');
      if (!fromOurselves(request, origin)) return text(403, 'Only pages of this origin may run a schedule.');
      const result = await aws.runSchedule(name);
      if (request.headers.accept?.includes('application/json')) return json(200, result);
      return { status: 303, headers: { location: '/local' }, body: Buffer.alloc(0) };
    }
    if (url.pathname === '/local/state.json') return json(200, await state());
    return url.pathname === '/local' ? consolePage(await state()) : text(404, 'Not Found');
  };
}
