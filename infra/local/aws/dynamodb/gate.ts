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
  /** Told after each answered write, so that nobody must ask the stream all the time. */
  readonly onWrite: () => void;
}

const prefix = 'DynamoDB_20120810';

/**
 * DynamoDB behind IAM: every request is judged by its caller's real policies, then handed to the engine
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
