import type { ControlPlane } from '../../../../domain/table/scope.ts';

/** Runs `happen` once, right before the client's next transaction is sent: after the reads, before the write. */
export function meanwhile({ client }: Pick<ControlPlane, 'client'>, happen: () => Promise<unknown>): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      if (!('TransactItems' in args.input)) return await next(args);
      client.middlewareStack.remove('meanwhile');
      await happen();
      return await next(args);
    },
    { step: 'initialize', name: 'meanwhile' },
  );
}

/** Runs `work` while reads of single items in one partition fail. */
export async function without<Result>(
  { client }: Pick<ControlPlane, 'client'>,
  partition: string,
  work: () => Promise<Result>,
): Promise<Result> {
  client.middlewareStack.add(
    (next) => async (args) => {
      if ('Key' in args.input && Object(args.input.Key).pk === partition)
        throw new Error('the table is away');
      return await next(args);
    },
    { step: 'initialize', name: 'without' },
  );
  try {
    return await work();
  } finally {
    client.middlewareStack.remove('without');
  }
}
