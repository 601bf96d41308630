import type { OrganizationId, TeamId } from '../ids.ts';
import type { Role, TeamRole } from './roles.schema.ts';

/** A member of one organization, as far as rules refer to them. */
export interface Member {
  readonly userId: string;
  readonly role: Role;
  readonly organizationId: OrganizationId;
  /** Their teams, with their role in each. */
  readonly teams: Readonly<Record<TeamId, TeamRole>>;
}

/**
 * The teams a member leads, which requires a suitable role: without it they lead none, whatever a team
 * says.
 */
export const teamsLed = ({ role, teams }: Pick<Member, 'role' | 'teams'>): string[] =>
  role === 'team_leader'
    ? Object.entries(teams).flatMap(([id, teamRole]) => (teamRole === 'leader' ? [id] : []))
    : [];

/** The member's start page after sign-in. */
export const landingPath = ({ role, organizationId }: Pick<Member, 'role' | 'organizationId'>): string =>
  role === 'super_admin' ? '/admin/dashboard' : `/organizations/${organizationId}`;
