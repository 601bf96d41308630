import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AppError } from '../errors.ts';
import type { Boundary } from './inspect-command.ts';
import { inspect, withoutForeignRows } from './inspect-command.ts';

/**
 * The second isolation layer: refuses, before anything leaves the process, every command whose keys, index
 * keys, cursor or expression values leave the boundary, and every operation it can't judge (Scan and
 * PartiQL among them). Rows outside the requested partition are dropped from an index's response.
 */
export function guard(client: DynamoDBClient, boundary: Boundary): DynamoDBClient {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const command = String(context.commandName);
      const reason = inspect(command, args.input, boundary);
      if (reason !== null) {
        const cause = new Error(`${command}: ${reason}`);
        throw new AppError('internal', 'The data guard refused a request.', { cause });
      }
      const answered = await next(args);
      return { ...answered, output: withoutForeignRows(command, args.input, answered.output) };
    },
    // The first step after serialization: the document client has marshalled by then, so values have only one
    // form.
    { name: 'tenantGuard', step: 'build', priority: 'high' },
  );
  return client;
}
