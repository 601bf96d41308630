import type { Role, TeamRole } from '../access/roles.schema.ts';
import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import type { InvitationId, TeamId, UserId } from '../ids.ts';
import { created } from '../table/change-stamp.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, remove, update, type Write } from '../table/write.ts';
import { EmailClaimItem, UserItem } from './user.noun.ts';

/** The writes that make a person a member and hand them the address their invitation held. */
export function admitWrites(
  scope: OrganizationScope,
  actor: Actor,
  person: {
    userId: UserId;
    email: string;
    name: string;
    role: Role;
    teams: Record<TeamId, TeamRole>;
    invitationId: InvitationId;
  },
  now: Date,
): Write[] {
  const { organizationId } = scope;
  const { invitationId, ...member } = person;
  return [
    put(
      scope,
      entityOf(UserItem).create({ organizationId, ...member, ...created(actor, 'user.joined', now) }),
      () => alreadyThere('This person is already a member.'),
    ),
    update(
      scope,
      entityOf(EmailClaimItem)
        .patch({ organizationId, email: person.email })
        .set({ holder: person.userId })
        .where(({ holder }, { eq }) => eq(holder, `${invitationId}`)),
    ),
  ];
}

/** The write that takes an address in an organization; refused when a user or an open invitation has it. */
export const claimEmailWrite = (
  scope: OrganizationScope,
  email: string,
  holder: InvitationId | UserId,
  path: string,
): Write =>
  put(scope, entityOf(EmailClaimItem).create({ organizationId: scope.organizationId, email, holder }), () =>
    emailTaken(path),
  );

/** The write that frees an address its holder had. */
export const freeEmailWrite = (
  { organizationId, ...scope }: OrganizationScope,
  email: string,
  holder: InvitationId | UserId,
): Write =>
  remove(
    scope,
    entityOf(EmailClaimItem)
      .remove({ organizationId, email })
      .where((claim, { eq }) => eq(claim.holder, `${holder}`)),
  );

/** Who has taken an address in an organization: a user's or an invitation's id; undefined when it is free. */
export async function holderOfEmail(
  { organizationId, client, table }: OrganizationScope,
  email: string,
): Promise<string | undefined> {
  const { data } = await entityOf(EmailClaimItem).get({ organizationId, email }).go({
    client,
    table,
    consistent: true,
  });
  return data?.holder;
}

const alreadyThere = (message: string) => new AppError('already_exists', message);

/** The refusal for an address that can't be invited; it doesn't say which organization has it. */
export const emailTaken = (path: string) => {
  const message = 'This address already has an account or an open invitation.';
  return new AppError('already_exists', message, { fields: [{ path, message }] });
};
