import * as z from 'zod';
import type { ControlPlane } from '../../domain/table/scope.ts';

const units = z.object({ CapacityUnits: z.number() });
const answer = z.object({ ConsumedCapacity: z.union([units, z.array(units)]).optional() });

/** Counts the capacity units of a client's requests from now on. */
export function metered({ client }: ControlPlane) {
  const meter = { units: 0 };
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
      const { ConsumedCapacity = [] } = answer.parse(result.output);
      meter.units += [ConsumedCapacity].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
      return result;
    },
    { step: 'initialize', name: 'metered', override: true },
  );
  return {
    /** The units that an operation uses. */
    async of(work: () => Promise<unknown>): Promise<number> {
      const before = meter.units;
      await work();
      return meter.units - before;
    },
  };
}
