import { OrganizationId, PLATFORM } from '../../../domain/ids.ts';
import { KpiLink, OrganizationLink, PersonLink, TeamLink } from '../../components/links.tsx';
import { useMember } from '../../lib/member.tsx';
import { useTexts } from '../../text/language.tsx';
import classes from './audit-trail.module.css';
import type { Names, TrailEntry } from './names.ts';

interface NamedProps {
  readonly id: string;
  readonly organizationId: string;
  readonly names: Names;
  /** The fallback name. */
  readonly name?: string | undefined;
}

const kindOfId = (id: string) => id.slice(0, id.indexOf('_'));

/** A name without a link. */
export const Name = ({ children }: { readonly children: string }) => (
  <b className={classes.name}>
    <bdi>{children}</bdi>
  </b>
);

/** The name of a person, team or KPI; a link as long as it exists. */
export function Named({ id, organizationId, names, name }: NamedProps) {
  const { audit } = useTexts();
  const known = names.get(id);
  const kind = kindOfId(id);
  const said: Readonly<Record<string, string>> = known?.isGone ? audit.gone : audit.things;
  const shown = known?.name ?? name ?? said[kind] ?? audit.things.other;
  if (known?.isGone || organizationId === PLATFORM) return <Name>{shown}</Name>;
  const link = { organizationId, name: shown };
  if (kind === 'user') return <PersonLink userId={id} {...link} />;
  if (kind === 'team') return <TeamLink teamId={id} {...link} />;
  if (kind === 'kpi') return <KpiLink kpiId={id} {...link} />;
  return <Name>{shown}</Name>;
}

/** The name of an organization; a link for those who may open it on the platform. */
export function NamedOrganization({ id, name }: { readonly id: string; readonly name: string | undefined }) {
  const { audit } = useTexts();
  const isPlatforms = useMember().user.role === 'super_admin' && OrganizationId.safeParse(id).success;
  if (name === undefined) return audit.things.org;
  return isPlatforms && id !== PLATFORM ? (
    <OrganizationLink organizationId={id} name={name} />
  ) : (
    <Name>{name}</Name>
  );
}

const functions: Readonly<Record<string, 'clerk' | 'import' | 'seed'>> = {
  'system:clerk-webhook': 'clerk',
  'system:import': 'import',
  'system:seed': 'seed',
};

/** The actor: a person, or the system. */
export function Actor({ entry, names }: { readonly entry: TrailEntry; readonly names: Names }) {
  const { audit } = useTexts();
  const { userId, actorName, role, organizationId, impersonatedBy } = entry;
  // Super admins recognize their own colleagues.
  const isAtHome = useMember().user.role === 'super_admin';
  if (userId.startsWith('system:')) return <Name>{audit.actors[functions[userId] ?? 'system']}</Name>;
  if (userId === 'unattributed') return <Name>{audit.actors.unknown}</Name>;
  if (role === 'outsider') return <Name>{actorName ?? audit.actors.outsider}</Name>;
  if (role === 'super_admin') {
    if (actorName === null) return <Name>{audit.actors.support}</Name>;
    return <Name>{isAtHome || organizationId === PLATFORM ? actorName : audit.support(actorName)}</Name>;
  }
  const stranger = names.get(userId)?.isGone ? undefined : audit.actors.person;
  const person = (
    <Named id={userId} organizationId={organizationId} names={names} name={actorName ?? stranger} />
  );
  if (impersonatedBy === undefined) return person;
  return (
    <>
      <Name>{audit.actors.support}</Name> {audit.as} {person}
    </>
  );
}
