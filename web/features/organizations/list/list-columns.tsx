import { useMemo } from 'react';
import { csvHead, csvLine } from '../../../../domain/csv.ts';
import type { ListedOrganization } from '../../../../domain/organization/organization.schema.ts';
import { catalogue } from '../../../../domain/subscription/catalogue.ts';
import { HealthBadge, useHealthWords } from '../../../components/health.tsx';
import { Day, Plan, StandingBadge } from '../../../components/labels.tsx';
import type { Column } from '../../../components/table/column.ts';
import { saveFile } from '../../../lib/api.ts';
import { type Texts, useFormats, useTexts } from '../../../text/language.tsx';

type ColumnId = keyof Texts['organizations']['column'];

interface NamedColumn extends Omit<Column<ListedOrganization>, 'title'> {
  readonly id: ColumnId;
}

const PlanEnd = ({ subscription: { endDate } }: ListedOrganization) => {
  const { noEnd } = useTexts().organizations;
  return endDate === undefined ? noEnd : <Day at={endDate} />;
};

/** A customer's health, with the reasons on hover. */
function HealthCell({ health }: Pick<ListedOrganization, 'health'>) {
  const inWords = useHealthWords();
  const texts = useTexts().health;
  const said = [texts.scored(health.score), ...health.reasons.map(inWords)];
  return (
    <span title={said.join('\n')}>
      <HealthBadge level={health.level} /> {health.score}
    </span>
  );
}

const seatsOf = ({ users, pendingInvitations }: ListedOrganization['counts']) => users + pendingInvitations;

function Seats({ counts, subscription: { plan } }: ListedOrganization) {
  const { usedOf } = useTexts().organizations;
  const { number } = useFormats();
  return usedOf(number(seatsOf(counts)), number(catalogue[plan].seats));
}

const StageName = ({ stage }: Pick<ListedOrganization, 'stage'>) => useTexts().analytics.stages[stage];

/** Sorted by the server where supported, otherwise in the browser once all are loaded. */
const columns: readonly NamedColumn[] = [
  {
    id: 'name',
    sort: 'name',
    cell: ({ name }) => <bdi>{name}</bdi>,
    text: ({ name }) => name,
  },
  {
    id: 'status',
    width: 150,
    cell: (organization) => <StandingBadge organization={organization} />,
    sort: ({ status }) => status,
    // A card has one badge, and health covers this.
    phone: 'hidden',
  },
  {
    id: 'health',
    width: 185,
    cell: ({ health }) => <HealthCell health={health} />,
    sort: ({ health }) => health.score,
    phone: 'fact',
  },
  {
    id: 'plan',
    width: 100,
    cell: ({ subscription }) => <Plan plan={subscription.plan} />,
    sort: ({ subscription }) => subscription.plan,
    phone: 'hidden',
  },
  {
    id: 'seats',
    numeric: true,
    width: 120,
    cell: (organization) => <Seats {...organization} />,
    sort: ({ counts }) => seatsOf(counts),
    phone: 'hidden',
  },
  { id: 'planEnd', sort: 'planEnd', width: 120, cell: (organization) => <PlanEnd {...organization} /> },
  {
    id: 'users',
    sort: 'users',
    hidden: true,
    numeric: true,
    width: 100,
    cell: ({ counts }) => counts.users,
  },
  {
    id: 'invitations',
    hidden: true,
    numeric: true,
    width: 150,
    cell: ({ counts }) => counts.pendingInvitations,
    sort: ({ counts }) => counts.pendingInvitations,
  },
  {
    id: 'teams',
    hidden: true,
    numeric: true,
    width: 100,
    cell: ({ counts }) => counts.teams,
    sort: ({ counts }) => counts.teams,
  },
  {
    id: 'kpis',
    hidden: true,
    numeric: true,
    width: 100,
    cell: ({ counts }) => counts.kpis,
    sort: ({ counts }) => counts.kpis,
  },
  { id: 'stage', hidden: true, cell: ({ stage }) => <StageName stage={stage} /> },
  {
    id: 'lastActivity',
    sort: 'lastActivity',
    width: 130,
    cell: ({ lastActivityOn }) => <Day at={lastActivityOn} />,
    phone: 'fact',
  },
  { id: 'contact', hidden: true, cell: ({ contactPerson }) => contactPerson.email },
  { id: 'externalId', hidden: true, cell: ({ externalId }) => externalId ?? '–' },
  {
    id: 'created',
    sort: 'created',
    phone: 'hidden',
    width: 120,
    cell: ({ createdAt }) => <Day at={createdAt} />,
  },
];

/** The columns of the organization list. */
export function useOrganizationColumns(): readonly Column<ListedOrganization>[] {
  const { column: titles } = useTexts().organizations;
  return useMemo(() => columns.map((column) => ({ ...column, title: titles[column.id] })), [titles]);
}

const cells: Readonly<Record<string, (organization: ListedOrganization) => string>> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  'external id': ({ externalId }) => externalId ?? '',
  status: ({ status }) => status,
  'suspended because': ({ inactiveReason }) => inactiveReason ?? '',
  health: ({ health }) => health.level,
  'health reasons': ({ health }) => health.reasons.map(({ code }) => code).join(' '),
  plan: ({ subscription }) => subscription.plan,
  'plan start': ({ subscription }) => subscription.startDate,
  'plan end': ({ subscription }) => subscription.endDate ?? '',
  users: ({ counts }) => String(counts.users),
  'pending invitations': ({ counts }) => String(counts.pendingInvitations),
  teams: ({ counts }) => String(counts.teams),
  kpis: ({ counts }) => String(counts.kpis),
  'last activity': ({ lastActivityOn }) => lastActivityOn,
  'contact name': ({ contactPerson }) => contactPerson.name,
  'contact email': ({ contactPerson }) => contactPerson.email,
  'contact phone': ({ contactPerson }) => contactPerson.phone ?? '',
  created: ({ createdAt }) => createdAt,
};

const mediaType = 'text/csv';

/** Exports organizations as CSV, with everything the list contains. */
export function saveOrganizations(organizations: readonly ListedOrganization[]): void {
  const lines = organizations.map((one) => csvLine(Object.values(cells).map((cell) => cell(one))));
  const file = new Blob([csvHead(Object.keys(cells)), ...lines], { type: mediaType });
  saveFile([file], `organizations-${new Date().toISOString().slice(0, 10)}.csv`, mediaType);
}
