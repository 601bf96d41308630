import type { OrganizationId, TeamId } from '../ids.ts';
import type { Role, TeamRole } from './roles.schema.ts';

/** Somebody the rules can speak of: a member of one organization. */
export interface Member {
  readonly userId: string;
  readonly role: Role;
  readonly organizationId: OrganizationId;
  /** The teams they are in, and as what. */
  readonly teams: Readonly<Record<TeamId, TeamRole>>;
}

/**
 * The teams a member leads: with the role for it. Somebody who has lost the role leads nothing, whatever a
 * team still says.
 */
export const teamsLed = ({ role, teams }: Pick<Member, 'role' | 'teams'>): string[] =>
  role === 'team_leader'
    ? Object.entries(teams).flatMap(([id, teamRole]) => (teamRole === 'leader' ? [id] : []))
    : [];

/** Where a member's work begins: the page after sign-in. */
export const landingPath = ({ role, organizationId }: Pick<Member, 'role' | 'organizationId'>): string =>
  role === 'super_admin' ? '/admin/dashboard' : `/organizations/${organizationId}`;
