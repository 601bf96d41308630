import type { Actor } from '../../../../domain/actor.ts';
import type { Context } from '../../../../domain/context.ts';
import { UserId } from '../../../../domain/ids.ts';
import type { ControlPlane } from '../../../../domain/table/scope.ts';
import { organizationOf } from './people.ts';

export const operatorId = UserId.parse('user_root');
const operator: Actor = {
  by: operatorId,
  name: 'Sofia',
  role: 'super_admin',
  requestId: 'request-1',
};
export const asked = { reason: 'Ticket 1', minutes: 60, mode: 'read' } as const;
export const toChange = { ...asked, mode: 'change', changeReason: 'The target is wrong.' } as const;

export const now = new Date();
export const inMinutes = (minutes: number, milliseconds = 0) =>
  new Date(now.getTime() + minutes * 60_000 + milliseconds);
export const iso = (minutes: number) => inMinutes(minutes).toISOString();

/** An organization with contexts for the operator and for its admin, some minutes from now. */
export async function visited(plane: ControlPlane, name: string) {
  const { scope, actor } = await organizationOf(plane, name);
  const by =
    (who: Actor) =>
    (minutes = 0): Context => ({ scope, actor: who, now: inMinutes(minutes) });
  return { scope, admin: by({ ...actor, name: 'Ada' }), support: by(operator) };
}
