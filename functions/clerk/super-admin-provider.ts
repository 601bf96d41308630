import type { FoundPerson, SuperAdminProvider } from '../../domain/approval/make-super-admin.ts';
import { unavailable } from './api.ts';
import { askGateway } from './identity-provider.ts';

/** Clerk through the gateway, as far as a new super admin needs it. */
export function superAdminProvider(gatewayFunction: string): SuperAdminProvider {
  const ask = askGateway(gatewayFunction);
  return {
    async find(approvalId): Promise<FoundPerson> {
      const answer = await ask({ ask: 'find-super-admin', approvalId });
      switch (answer.outcome) {
        case 'found':
        case 'invited':
          return answer;
        case 'failed':
          return { outcome: 'undeliverable' };
        default:
          throw unavailable(new Error(`the gateway answered ${answer.outcome}`));
      }
    },
    async link(userId) {
      const { outcome } = await ask({ ask: 'link-person', userId });
      if (outcome !== 'done') throw unavailable(new Error(`the gateway answered ${outcome}`));
    },
  };
}
