import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invite } from '../../../domain/invitation/invite.ts';
import { invitationsAfter } from '../../../domain/invitation/list-invitations.ts';
import { deleteKpi } from '../../../domain/kpi/delete-kpi.ts';
import { checkInsAfter } from '../../../domain/kpi/list-check-ins.ts';
import { kpisAfter } from '../../../domain/kpi/list-kpis.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { deleteTeam } from '../../../domain/team/delete-team.ts';
import { teamsAfter } from '../../../domain/team/list-teams.ts';
import { teamNameKey } from '../../../domain/team/team.schema.ts';
import { requireUser } from '../../../domain/user/find-user.ts';
import { usersAfter } from '../../../domain/user/list-users.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now, onPlan, sender, superAdmin } from './support/founding.ts';
import { create as createKpi, newKpi, report } from './support/kpis.ts';
import { join, organizationOf } from './support/people.ts';
import { create as createTeam } from './support/teams.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

/**
 * A list under test: how to read a page after an item, and how to add and remove items, identified by ids.
 */
interface Subject<Item> {
  page(after: Item | undefined, limit: number): Promise<readonly Item[]>;
  idOf(item: Item): string;
  /** @param seed a unique number */
  add(seed: number): Promise<unknown>;
  remove?(item: Item): Promise<unknown>;
}

type Organization = Awaited<ReturnType<typeof organizationOf>>;
const at = (ms: number) => new Date(now.getTime() + ms);
/** Not in numeric order, so that new items belong anywhere in the list. */
const scattered = (seed: number) => ((seed * 7919) % 10_007).toString(36).padStart(4, '0');

const users = ({ scope, actor }: Organization): Subject<Awaited<ReturnType<typeof usersAfter>>[number]> => ({
  page: (after, limit) => usersAfter(scope, after?.userId, limit),
  idOf: ({ userId }) => userId,
  add: (seed) => join(scope, `paged_${scattered(seed)}`),
  remove: async ({ userId }) => {
    const { revision } = await requireUser(scope, userId);
    await removeUser({ scope, actor, now }, { userId, revision });
  },
});
const teams = ({ scope, actor }: Organization): Subject<Awaited<ReturnType<typeof teamsAfter>>[number]> => ({
  page: (after, limit) => teamsAfter(scope, { position: after && teamNameKey(after.name), limit }),
  idOf: ({ id }) => id,
  add: (seed) => createTeam(scope, actor, `Team ${scattered(seed)}`),
  remove: ({ id: teamId, revision }) => deleteTeam({ scope, actor, now }, { teamId, revision }),
});
const kpis = ({
  scope,
  actor,
  admin,
}: Organization): Subject<Awaited<ReturnType<typeof kpisAfter>>[number]> => ({
  page: async (after, limit) => {
    const member = await requireUser(scope, admin);
    return await kpisAfter(scope, { member, filter: {}, position: after?.id, limit }, now);
  },
  idOf: ({ id }) => id,
  add: (seed) => createKpi(scope, actor, newKpi({ kind: 'user', userId: admin }), at(seed)),
  remove: (kpi) => deleteKpi({ scope, actor, now }, { kpi, revision: kpi.revision }),
});
const invitations = ({
  scope,
}: Organization): Subject<Awaited<ReturnType<typeof invitationsAfter>>[number]> => ({
  page: (after, limit) => invitationsAfter(scope, after?.id, limit, now),
  idOf: ({ id }) => id,
  add: (seed) => {
    const person = { email: `p${seed}@paged.example`, name: 'P', role: 'team_member' as const };
    return invite(
      { scope, actor: superAdmin, now: at(seed) },
      { person, organization: onPlan('enterprise') },
      sender(),
    );
  },
});
async function checkIns({ scope, actor, admin }: Organization) {
  const { id: kpiId } = await createKpi(scope, actor, newKpi({ kind: 'user', userId: admin }));
  const subject: Subject<Awaited<ReturnType<typeof checkInsAfter>>[number]> = {
    page: (after, limit) => checkInsAfter(scope, { kpiId, position: after?.id, limit }),
    idOf: ({ id }) => id,
    add: (seed) => report(scope, actor, kpiId, { value: seed, at: at(-1000 * ((seed * 7919) % 10_007)) }),
  };
  return subject;
}

/** Reads a list page by page, with an operation between pages. */
async function inPages<Item>(
  { page }: Subject<Item>,
  limit: number,
  between: (pages: number) => Promise<void> = async () => undefined,
): Promise<Item[]> {
  const read: Item[] = [];
  for (let pages = 0; ; pages += 1) {
    const next = await page(read.at(-1), limit);
    if (next.length > limit || pages > 100) throw new Error('a page is too long, or the list has no end');
    read.push(...next);
    if (next.length < limit) return read;
    await between(pages);
  }
}

const doings = fc.array(fc.constantFrom('come', 'go', 'nothing'), { maxLength: 4 });

/**
 * A sequence of pages in which an unchanged item appears twice, not at all, or out of order; null if none
 * is found.
 */
async function counterexampleOf<Item>(subject: Subject<Item>) {
  let seed = 0;
  while (seed < 8) await subject.add(seed++);
  const { idOf, remove = async () => undefined } = subject;
  const told = (items: readonly Item[]) => items.map(idOf).join();
  const holds = fc.asyncProperty(fc.integer({ min: 1, max: 5 }), doings, async (limit, between) => {
    const before = await subject.page(undefined, 100);
    if (told(await inPages(subject, limit)) !== told(before)) return false;
    const staying = [...before];
    const read = await inPages(subject, limit, async (pages) => {
      if (between[pages] === 'come') await subject.add(seed++);
      // Mostly from the end, which isn't read yet. Some stay.
      const last = between[pages] === 'go' && staying.length > 4 ? staying.pop() : undefined;
      if (last !== undefined) await remove(last);
    });
    const stayed = new Set(staying.map(idOf));
    const shown = read.filter((item) => stayed.has(idOf(item)));
    return new Set(read.map(idOf)).size === read.length && told(shown) === told(staying);
  });
  return (await fc.check(holds, { numRuns: 6 })).counterexample;
}

describe('pages of a list, while things come and go, show what stays once and in order:', () => {
  const organization = (name: string) => organizationOf(plane, name);

  it('users', async () => {
    expect(await counterexampleOf(users(await organization('PagedUsers')))).toBeNull();
  });

  it('teams', async () => {
    expect(await counterexampleOf(teams(await organization('PagedTeams')))).toBeNull();
  });

  it('KPIs', async () => {
    expect(await counterexampleOf(kpis(await organization('PagedKpis')))).toBeNull();
  });

  it('invitations', async () => {
    expect(await counterexampleOf(invitations(await organization('PagedInvitations')))).toBeNull();
  });

  it('check-ins', async () => {
    expect(await counterexampleOf(await checkIns(await organization('PagedCheckIns')))).toBeNull();
  });
});
