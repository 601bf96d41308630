import type { DriftProvider } from '../../domain/drift/run-drift.ts';
import { unavailable } from './api.ts';
import { askGateway } from './identity-provider.ts';

/** Clerk through the gateway, as far as the comparison needs it: ids and versions, no names. */
export function driftProvider(gatewayFunction: string): DriftProvider {
  const ask = askGateway(gatewayFunction);
  return {
    async compare(sweep, after) {
      const answer = await ask({ ask: 'compare', sweep, after });
      if (answer.outcome === 'compared') return answer;
      throw unavailable(new Error(`the gateway answered ${answer.outcome}`));
    },
    async repair(difference) {
      const answer = await ask({ ask: 'repair', difference });
      if (answer.outcome === 'mended') return { result: answer.result, reason: answer.reason };
      throw unavailable(new Error(`the gateway answered ${answer.outcome}`));
    },
  };
}
