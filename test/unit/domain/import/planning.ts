import { type LegacyTable, legacyTables } from '../../../../domain/import/document.ts';
import type { FindingKind } from '../../../../domain/import/finding.ts';
import { Mapping } from '../../../../domain/import/mapping.schema.ts';
import type { Imported, Outcome } from '../../../../domain/import/outcome.ts';
import { beginPlan } from '../../../../domain/import/plan-import.ts';
import type { Existing } from '../../../../domain/import/plan-state.ts';

/** Tables of an export: a string is a raw line, anything else a document. */
export type Export = Partial<Record<LegacyTable, readonly unknown[]>>;

/** A product that only contains the organizations that an export names. */
const nothingExists: Existing = {
  hasOrganization: async () => true,
  organizationNamed: async () => null,
  emailOwner: async () => null,
  userRole: async () => null,
  elsewhere: async () => null,
  teamNamed: async () => null,
};

/** The plan for an export. */
export async function plan(
  tables: Export,
  { mapping = {}, existing = {} }: { mapping?: object; existing?: Partial<Existing> } = {},
) {
  const planner = beginPlan(Mapping.parse(mapping), { ...nothingExists, ...existing });
  const outcomes: Outcome[] = [];
  for (const table of legacyTables)
    for (const [index, document] of (tables[table] ?? []).entries()) {
      const text = typeof document === 'string' ? document : JSON.stringify(document);
      outcomes.push(await planner.plan({ table, line: index + 1, text }));
    }
  return { outcomes, concluded: planner.conclude() };
}

export const kindsOf = ({ findings }: Pick<Outcome, 'findings'>): FindingKind[] =>
  findings.map(({ kind }) => kind);

/** The only outcome of a document after those that it depends on. */
export async function planned(tables: Export, options: Parameters<typeof plan>[1] = {}): Promise<Outcome> {
  const { outcomes } = await plan(tables, options);
  const last = outcomes.at(-1);
  if (last === undefined) throw new Error('there is no outcome');
  return last;
}

/** What an outcome imports, as the expected kind. */
export function imported<Kind extends Imported['kind']>(
  { imported: item }: Outcome,
  kind: Kind,
): Extract<Imported, { kind: Kind }> {
  const is = (one: Imported | undefined): one is Extract<Imported, { kind: Kind }> => one?.kind === kind;
  if (!is(item)) throw new Error(`it imports ${item?.kind ?? 'nothing'}, no ${kind}`);
  return item;
}

const time = 1_680_000_000_000.25;

export const organization = (id: string, fields: object = {}) => ({
  _id: id,
  _creationTime: time,
  name: `Organization ${id}`,
  contactPerson: { name: 'Cora', email: 'Cora@Example.com' },
  status: 'active',
  subscription: { plan: 'growth', startDate: '2023-04-01' },
  createdAt: '2023-03-28T10:40:00.000Z',
  ...fields,
});

export const user = (id: string, organizationId: string | undefined, fields: object = {}) => ({
  _id: `doc-${id}`,
  _creationTime: time,
  userId: `user_${id}`,
  email: `${id}@example.com`,
  name: id,
  role: 'team_leader',
  organizationId,
  createdAt: '2023-04-02T08:00:00.000Z',
  ...fields,
});

export const team = (id: string, organizationId: string | undefined, fields: object = {}) => ({
  _id: id,
  _creationTime: time,
  name: `Team ${id}`,
  organizationId,
  members: [],
  createdAt: '2023-05-01T09:00:00.000Z',
  ...fields,
});

export const auditLog = (id: string, organizationId: string | undefined, fields: object = {}) => ({
  _id: id,
  _creationTime: time,
  organizationId,
  userId: 'user_ada',
  action: 'team.create',
  resource: 'team/1',
  details: { any: ['thing'] },
  timestamp: '2023-07-01T12:00:00.000Z',
  ...fields,
});
