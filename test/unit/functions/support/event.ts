import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';

/** A request as API Gateway passes it, a new one each time. */
export const anEvent = (): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey: 'GET /api/me',
  rawPath: '/api/me',
  rawQueryString: '',
  headers: {},
  isBase64Encoded: false,
  requestContext: {
    accountId: '',
    apiId: '',
    domainName: '',
    domainPrefix: '',
    http: { method: 'GET', path: '', protocol: '', sourceIp: '', userAgent: '' },
    requestId: 'request-1',
    routeKey: '',
    stage: '',
    time: '',
    timeEpoch: 0,
  },
});

/** Lambda's context for an invocation. */
export const aContext: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'organization',
  functionVersion: '1',
  invokedFunctionArn: '',
  memoryLimitInMB: '128',
  awsRequestId: 'request-1',
  logGroupName: '',
  logStreamName: '',
  getRemainingTimeInMillis: () => 1000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};
