import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { expect, it, vi } from 'vitest';
import { AppError } from '../../../domain/errors.ts';
import { problem, represent, settle } from '../../../functions/http/middleware/answers.ts';
import type { ApiAnswer, ApiEvent } from '../../../functions/http/request.ts';

const event: APIGatewayProxyEventV2 = {
  ...{ version: '2.0', routeKey: '', rawPath: '/', rawQueryString: '', headers: {}, isBase64Encoded: false },
  requestContext: {
    ...{ accountId: '1', apiId: 'api', domainName: 'localhost', domainPrefix: 'api', requestId: 'request-1' },
    ...{ routeKey: '', stage: '$default', time: '', timeEpoch: 0 },
    http: { method: 'GET', path: '/', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
  },
};
const nothing = () => undefined;
const context: Context = {
  ...{ callbackWaitsForEmptyEventLoop: false, functionName: 'admin', functionVersion: '1' },
  ...{ invokedFunctionArn: '', memoryLimitInMB: '1024', awsRequestId: 'request-1' },
  ...{ logGroupName: '', logStreamName: '', getRemainingTimeInMillis: () => 10_000 },
  ...{ done: nothing, fail: nothing, succeed: nothing },
};

it.each([
  ['thrown by a library', new Error('table mtcms-4711, key org_x#user')],
  [
    'of our own',
    new AppError('internal', 'The data guard refused a request.', { cause: new Error('org_x#user') }),
  ],
])(
  'an unexpected error %s tells the caller nothing but the request’s id, and the log all',
  async (_, error) => {
    const logger = new Logger();
    const logged = vi.spyOn(logger, 'error').mockImplementation(nothing);
    const handler = middy<ApiEvent, ApiAnswer>()
      .use(represent())
      .use(problem(logger))
      .use(settle())
      .handler<ApiEvent, ApiAnswer>(() => Promise.reject(error));
    const { statusCode, body, headers } = await handler(event, context);
    expect(statusCode).toBe(500);
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json',
      'x-request-id': 'request-1',
    });
    expect(JSON.parse(body ?? '')).toEqual({
      type: 'about:blank',
      title: 'Something went wrong on our end. Try again.',
      ...{ status: 500, code: 'internal', reason: 'failed', params: {}, requestId: 'request-1' },
    });
    expect(logged).toHaveBeenCalledOnce();
  },
);
