import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { ControlPlane } from './scope.ts';

/** An ElectroDB update that ends with an addition. */
interface Addition {
  params(options: { table: string; response: 'updated_new' }): UpdateCommandInput;
}

/**
 * Extends `update` with additions to attributes that its entity can't declare, because their names are ids.
 * Returns the new values of everything it wrote.
 */
export async function addTo(
  { client, table }: ControlPlane,
  update: Addition,
  amounts: readonly (readonly [attribute: string, amount: number])[],
): Promise<Readonly<Record<string, unknown>>> {
  const params = update.params({ table, response: 'updated_new' });
  const named = amounts.map(([attribute, amount], index) => ({ attribute, amount, at: `more${index}` }));
  const { Attributes = {} } = await client.send(
    new UpdateCommand({
      ...params,
      UpdateExpression: [params.UpdateExpression, ...named.map(({ at }) => `#${at} :${at}`)].join(', '),
      ExpressionAttributeNames: {
        ...params.ExpressionAttributeNames,
        ...Object.fromEntries(named.map(({ at, attribute }) => [`#${at}`, attribute])),
      },
      ExpressionAttributeValues: {
        ...params.ExpressionAttributeValues,
        ...Object.fromEntries(named.map(({ at, amount }) => [`:${at}`, amount])),
      },
    }),
  );
  return Attributes;
}
