import * as http from 'node:http';
import * as https from 'node:https';
import { buffer } from 'node:stream/consumers';
import * as z from 'zod';
import { AwsError } from '../http/messages.ts';

/**
 * Access to the DynamoDB engine without IAM: for the gate, which has authorized already, and for the runner.
 */
export interface EngineClient {
  readonly endpoint: string;
  /** Sends one DynamoDB request unchanged. `target` is its X-Amz-Target. The caller consumes the response. */
  send(target: string, body: Buffer | string): Promise<http.IncomingMessage>;
  /** Sends one request and parses the response; an error response is thrown as `AwsError`. */
  call<Schema extends z.ZodType>(target: string, input: unknown, answer: Schema): Promise<z.output<Schema>>;
  close(): void;
}

const errorBody = z.looseObject({
  __type: z.string().default('InternalServerError'),
  message: z.string().optional(),
  Message: z.string().optional(),
});

// Local engines require a signature but don't verify it. The key is fixed, because DynamoDB Local keeps a
// database for each access key.
const authorization =
  'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

export function engineClient(endpoint: string): EngineClient {
  const url = new URL(endpoint);
  const transport = url.protocol === 'https:' ? https : http;
  const agent = new transport.Agent({ keepAlive: true });

  const send = (target: string, body: Buffer | string) =>
    new Promise<http.IncomingMessage>((resolve, reject) => {
      const headers = {
        authorization,
        'content-type': 'application/x-amz-json-1.0',
        'content-length': Buffer.byteLength(body),
        'x-amz-date': '20260101T000000Z',
        'x-amz-target': target,
      };
      transport.request(url, { method: 'POST', agent, headers }, resolve).once('error', reject).end(body);
    });

  return {
    endpoint,
    send,
    async call(target, input, answer) {
      const response = await send(target, JSON.stringify(input));
      const body: unknown = JSON.parse((await buffer(response)).toString());
      if (response.statusCode === 200) return answer.parse(body);
      const error = errorBody.parse(body);
      const code = error.__type.split('#').at(-1) ?? error.__type;
      throw new AwsError(code, error.message ?? error.Message ?? code, response.statusCode);
    },
    close: () => agent.destroy(),
  };
}
