import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { listen } from '../../http.ts';
import type { Session, Sessions } from '../iam/sessions.ts';
import {
  type AwsAnswer,
  AwsError,
  type AwsRequest,
  errorAnswer,
  type Protocol,
  readAwsRequest,
  unauthenticated,
} from './messages.ts';

/** One AWS service of the local run. `caller` is who the access key belongs to. */
export interface AwsService {
  readonly protocol: Protocol;
  handle(request: AwsRequest, caller: Session): Promise<AwsAnswer>;
  /** Handles unsigned requests; without it, the service refuses them. */
  handleUnsigned?(request: AwsRequest): Promise<AwsAnswer>;
}

/**
 * The loopback address of every AWS_ENDPOINT_URL_*. Services are keyed by their name in a signature's scope.
 */
export async function startEndpoint(services: Readonly<Record<string, AwsService>>, sessions: Sessions) {
  const server = createServer((message, response) => {
    void answer(message, services, sessions).then((reply) => write(response, reply));
  });
  const { port, close } = await listen(server, 0);
  return { url: `http://127.0.0.1:${port}`, stop: close };
}

async function answer(
  message: IncomingMessage,
  services: Readonly<Record<string, AwsService>>,
  sessions: Sessions,
): Promise<AwsAnswer> {
  let protocol: Protocol = 'json-1.1';
  try {
    const request = await readAwsRequest(message);
    const service = services[request.service];
    if (service === undefined)
      throw new AwsError('UnknownOperationException', `The local run has no ${request.service}.`, 501);
    protocol = service.protocol;
    if (request.accessKeyId === undefined) return await unsigned(service, request);
    return await service.handle(request, sessions.find({ ...request, accessKeyId: request.accessKeyId }));
  } catch (error) {
    return errorAnswer(error, protocol);
  }
}

function unsigned(service: AwsService, request: AwsRequest): Promise<AwsAnswer> {
  if (service.handleUnsigned === undefined) throw unauthenticated();
  return service.handleUnsigned(request);
}

function write(response: ServerResponse, { status, headers, body }: AwsAnswer): void {
  response.writeHead(status, headers);
  if (body instanceof Readable) body.once('error', () => response.destroy()).pipe(response);
  else response.end(body);
}
