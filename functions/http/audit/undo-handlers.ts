import { allows } from '../../../domain/access/ability.ts';
import type { Ability } from '../../../domain/access/rules.ts';
import type { Context } from '../../../domain/context.ts';
import { PLATFORM, UserId } from '../../../domain/ids.ts';
import type { Organization } from '../../../domain/organization/profile.schema.ts';
import { entryAt, type Undo } from '../../../domain/undo/undo.schema.ts';
import { previewUndo, undoEntry } from '../../../domain/undo/undo-entry.ts';
import { memberClaims } from '../../../domain/user/member-claims.ts';
import { log } from '../../log.ts';
import type { OrganizationDependencies } from '../dependencies.ts';

type Dependencies = Pick<OrganizationDependencies, 'open' | 'provider'>;

interface Call {
  readonly ctx: Context;
  readonly organization: Organization;
  readonly ability: Ability;
  readonly params: { readonly entry: string };
}

/** What an undo is checked against: the caller's rights, and the users' identities. */
function askedBy({ open, provider }: Dependencies, { ctx, organization, ability }: Call) {
  const { organizationId } = ctx.scope;
  const may: Parameters<typeof previewUndo>[0]['may'] = (action, subject, instance, field) =>
    allows(ability, action, subject, { ...instance, organizationId }, field);
  return { ctx, organization, may, claims: memberClaims(open(PLATFORM), provider.isMember) };
}

export const answerPreview = (dependencies: Dependencies, call: Call): Promise<Undo> =>
  previewUndo(askedBy(dependencies, call), entryAt(call.params.entry));

/** Undoes an entry, and informs the identity provider of a user who was restored or removed. */
export async function answerUndo(
  dependencies: Dependencies,
  call: Call & { readonly body: { readonly revision?: number | null | undefined } },
): Promise<Undo> {
  const asked = askedBy(dependencies, call);
  const undo = await undoEntry(asked, entryAt(call.params.entry), call.body.revision);
  const { data: userId } = UserId.safeParse(undo.resource.replace(/^user\//, ''));
  if (userId !== undefined && undo.kind !== 'puts_back') await follow(dependencies, asked, userId, undo);
  return undo;
}

/** The undo is complete in any case: the hourly run retries informing the provider. */
async function follow(
  { provider }: Dependencies,
  { ctx: { scope, now }, claims }: ReturnType<typeof askedBy>,
  userId: UserId,
  { kind }: Undo,
): Promise<void> {
  try {
    if (kind === 'takes_away') await claims.release(userId, scope.organizationId, now);
    await provider.link(userId);
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown';
    await log.warn('identity not brought in line with an undo', {
      organizationId: scope.organizationId,
      reason,
    });
  }
}
