import type { IncomingMessage } from 'node:http';
import type { EngineClient } from '../engine/client.ts';
import { type AwsAnswer, notImplemented } from '../http/answer.ts';
import type { AwsService } from '../http/endpoint.ts';
import { jsonBody, targetOperation } from '../http/request.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { KeySchemas } from './key-schemas.ts';
import { changesItems, isFullyAuthorized, requiredAccess } from './required-access.ts';

export interface GateOptions {
  readonly engine: EngineClient;
  readonly authorize: Authorize;
  readonly keySchemas: KeySchemas;
  /** Called after each write, so that stream readers needn't poll all the time. */
  readonly onWrite: () => void;
}

const prefix = 'DynamoDB_20120810';

/**
 * DynamoDB behind IAM: each request is authorized by its caller's policies, then passed on to the engine
 * unchanged.
 */
export const dynamodbGate = ({ engine, authorize, keySchemas, onWrite }: GateOptions): AwsService => ({
  protocol: 'json-1.0',
  async handle(request, caller) {
    const operation = targetOperation(request, prefix);
    for (const access of requiredAccess(operation, jsonBody(request), keySchemas))
      await authorize(caller, access);
    if (!isFullyAuthorized(operation)) throw notImplemented('dynamodb', operation);
    const answer = await engine.send(`${prefix}.${operation}`, request.body);
    if (changesItems(operation)) answer.once('end', onWrite);
    return forwarded(answer);
  },
});

const kept = ['content-type', 'content-length', 'x-amz-crc32', 'x-amzn-requestid'];

const forwarded = (answer: IncomingMessage): AwsAnswer => ({
  status: answer.statusCode ?? 502,
  headers: Object.fromEntries(
    kept.flatMap((name) => {
      const value = answer.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  ),
  body: answer,
});
