import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { english } from '../english.ts';
import type { Replies } from '../render-app.tsx';
import { checkIn, colleague, kpi, own, team } from '../small-organization.ts';
import {
  admin,
  button,
  changedMeanwhile,
  click,
  inDialog,
  inMenu,
  keepMine,
  ok,
  option,
  type Submit,
  type,
  write,
} from './submit.ts';

const { teams, kpis, common } = english;
const [teamPath, kpiPath] = [`/teams/${team.id}`, `/kpis/${kpi.id}`];
const member = `/api${own}${teamPath}/members/${colleague.userId}`;
const checkIns = `/api${own}${kpiPath}/check-ins`;

/** Another user's changes since it was read. */
const theirs = { name: 'Theirs', revision: 2 };

async function change(edit: string): Promise<void> {
  await click(edit);
  await type(/^Name/, 'Other');
}

/** A team whose only member was removed. */
function takenOut(): Replies {
  let now = team;
  const takeOut = () => {
    now = { ...team, members: [], memberCount: 0, revision: 2 };
    return ok(now);
  };
  return { [`GET /api${own}${teamPath}`]: () => ok(now), [`DELETE ${member}`]: takeOut };
}

/** Teams and their members. */
export const ofTeams: readonly Submit[] = [
  {
    ...admin('/teams'),
    name: 'a new team',
    sends: `POST /api${own}/teams`,
    prepare: async () => {
      await click(teams.newTeam);
      await type(/^Name/, 'Pilots');
      return await inDialog(teams.newTeam, teams.create);
    },
  },
  {
    ...admin(teamPath),
    name: 'a change of a team',
    sends: `PATCH /api${own}${teamPath}`,
    prepare: async () => {
      await change(teams.edit);
      return await inDialog(teams.editTitle('Crew'), common.save);
    },
  },
  {
    ...admin(teamPath),
    name: 'one’s own version of a team',
    sends: `PATCH /api${own}${teamPath}`,
    before: changedMeanwhile(`GET /api${own}${teamPath}`, `PATCH /api${own}${teamPath}`, team, {
      ...team,
      ...theirs,
    }),
    prepare: async () => {
      await change(teams.edit);
      return await keepMine(teams.editTitle('Crew'));
    },
  },
  {
    ...admin(teamPath),
    name: 'the end of a team',
    sends: `DELETE /api${own}${teamPath}`,
    prepare: async () => {
      await userEvent.click(await inMenu(teams.actionsOf('Crew'), teams.deleteNow));
      await type(teams.deleteType('Crew'), 'Crew');
      return await inDialog(teams.deleteTitle('Crew'), teams.deleteNow);
    },
  },
  {
    ...admin(teamPath),
    name: 'new members',
    sends: `POST /api${own}${teamPath}/members`,
    prepare: async () => {
      await click(teams.addMembers);
      write(await screen.findByRole('combobox', { name: teams.people }), 'Cy');
      await userEvent.click(await option(/Cy/));
      return await inDialog(teams.addMembersTo('Crew'), teams.addCount(1));
    },
  },
  {
    ...admin(teamPath),
    name: 'who leads a team',
    sends: `PUT ${member}`,
    prepare: async () => {
      await click(teams.makeLeadOf('Bea'));
      await screen.findByText(teams.willLead('Bea'));
      return await inDialog(teams.makeLeadTitle('Bea', 'Crew'), teams.makeLeader);
    },
  },
  {
    ...admin(teamPath),
    name: 'taking a member out',
    sends: `DELETE ${member}`,
    prepare: () => inMenu(teams.actionsOf('Bea'), teams.takeOut),
  },
  {
    ...admin(teamPath),
    name: 'taking a member back in',
    sends: `PUT ${member}`,
    before: takenOut(),
    prepare: async () => {
      await userEvent.click(await inMenu(teams.actionsOf('Bea'), teams.takeOut));
      return await button(common.undo);
    },
  },
];

/** KPIs and their check-ins. */
export const ofKpis: readonly Submit[] = [
  {
    ...admin('/kpis'),
    name: 'a new KPI',
    sends: `POST /api${own}/kpis`,
    prepare: async () => {
      await click(kpis.newKpi);
      await type(/^Name/, 'Returned');
      await type(/^Unit/, 'orders');
      await type(/^Starting value/, '1');
      await type(/^Target/, '5');
      const owner = screen.getByRole('combobox', { name: /^Owner/ });
      await userEvent.selectOptions(owner, await within(owner).findByRole('option', { name: 'Crew' }));
      return await inDialog(kpis.newKpi, kpis.create);
    },
  },
  {
    ...admin(kpiPath),
    name: 'a change of a KPI',
    sends: `PATCH /api${own}${kpiPath}`,
    prepare: async () => {
      await change(kpis.edit);
      return await inDialog(kpis.editTitle('Shipped'), common.save);
    },
  },
  {
    ...admin(kpiPath),
    name: 'one’s own version of a KPI',
    sends: `PATCH /api${own}${kpiPath}`,
    before: changedMeanwhile(`GET /api${own}${kpiPath}`, `PATCH /api${own}${kpiPath}`, kpi, {
      ...kpi,
      ...theirs,
    }),
    prepare: async () => {
      await change(kpis.edit);
      return await keepMine(kpis.editTitle('Shipped'));
    },
  },
  {
    ...admin(kpiPath),
    name: 'the end of a KPI',
    sends: `DELETE /api${own}${kpiPath}`,
    prepare: async () => {
      await click(kpis.delete);
      await type(kpis.deleteType('Shipped'), 'Shipped');
      return await inDialog(kpis.deleteTitle('Shipped'), kpis.deleteNow);
    },
  },
  {
    ...admin(kpiPath),
    name: 'a check-in',
    sends: `POST ${checkIns}`,
    prepare: async () => {
      await click(kpis.checkInOf('Shipped'));
      await type(/^Value/, '7');
      return await inDialog(kpis.checkInOf('Shipped'), kpis.report);
    },
  },
  {
    ...admin(kpiPath),
    name: 'a corrected check-in',
    sends: `PATCH ${checkIns}/${checkIn.id}`,
    prepare: async () => {
      await click(kpis.correct);
      await type(/^Comment/, 'Late');
      return await inDialog(kpis.correctTitle, common.save);
    },
  },
  {
    role: 'team_member',
    path: own,
    name: 'a value of this week',
    sends: `POST ${checkIns}`,
    prepare: async () => {
      await type(kpis.checkInOf('Shipped'), '7');
      return await button(kpis.report);
    },
  },
];
