import * as z from 'zod/mini';
import { InvitationId } from '../../domain/ids.ts';
import type { Forget } from '../../domain/invitation/forgetting.service.ts';
import { type ClerkSettings, clerkApi, unavailable } from './api.ts';

const membership = z.object({
  public_metadata: z.object({
    organizationId: z.optional(z.unknown()),
    invitationId: z.catch(z.optional(InvitationId), undefined),
  }),
});

const refused = (status: number) => unavailable(new Error(`Clerk answered ${status}`));

/** Takes an organization out of what Clerk keeps of a person, so that another one can invite them: see `Forget`. */
export const forgetMembership =
  (settings: ClerkSettings): Forget =>
  async (userId, organizationId, isOpen) => {
    const { call } = clerkApi(settings);
    const path = `/users/${encodeURIComponent(userId)}`;
    const found = await call('GET', path);
    // Who has no account any more has nothing to be forgotten.
    if (found.status === 404) return;
    if (!found.ok) throw refused(found.status);
    const { public_metadata: named } = membership.parse(await found.json());
    if (named.organizationId !== organizationId) return;
    if (named.invitationId !== undefined && (await isOpen(named.invitationId))) return;
    // `null` takes a key out of the metadata. Source: Clerk Backend API reference, PATCH /users/{user_id}/metadata.
    const forgotten = { public_metadata: { organizationId: null, invitationId: null } };
    const { ok, status } = await call('PATCH', `${path}/metadata`, forgotten);
    if (!ok) throw refused(status);
  };
