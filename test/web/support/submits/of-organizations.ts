import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { english } from '../english.ts';
import { organization } from '../render-app.tsx';
import { colleague, invitation, own } from '../small-organization.ts';
import {
  admin,
  button,
  changedMeanwhile,
  click,
  inDialog,
  inMenu,
  ok,
  platform,
  type Submit,
  type,
} from './submit.ts';

const { organizations, people, audit, analytics, drift, common, shell } = english;
const detail = (tab: string) => platform(`${own}?tab=${tab}`);
const [user, sent] = [`/api${own}/users/${colleague.userId}`, `/api${own}/invitations`];
const subscription = `PUT /api/admin${own}/subscription`;
const checked = ok({
  applied: false,
  subscription: { plan: 'growth', startDate: '2026-01-01' },
  exceeded: [],
  allowances: [],
  revision: 1,
});
const whole = (changes: object) =>
  organization('Lighthouse', { allowedDomains: [], metadata: {}, ...changes });
const contact = { name: 'Cora', email: 'cora@example.com' };
const theirs = whole({
  contactPerson: { ...contact, phone: '456' },
  subscription: { plan: 'enterprise', startDate: '2026-01-01' },
  revision: 2,
});
const typePhone = () => type(organizations.contactPhone, '123');
const mine = () => inDialog(shell.conflict.title, shell.conflict.keepMine);

/** Users and invitations. */
export const ofPeople: readonly Submit[] = [
  {
    ...admin('/invitations'),
    name: 'invitations',
    sends: `POST ${sent}/bulk`,
    before: { [`POST ${sent}/bulk`]: ok({ applied: false, seatsLeft: 3, results: [] }) },
    prepare: async () => {
      await click(people.invitePeople);
      await type(people.inviting.label, 'flo@example.com');
      await screen.findByText(people.inviting.seatsLeft(3));
      return await button(people.inviting.send(1));
    },
  },
  {
    ...admin('/invitations'),
    name: 'an invitation again',
    sends: `POST ${sent}/${invitation.id}/resend`,
    prepare: () => button(people.sendAgainTo('Ivo')),
  },
  {
    ...admin('/invitations'),
    name: 'an invitation’s end',
    sends: `DELETE ${sent}/${invitation.id}`,
    prepare: async () => {
      await click(people.takeBackOf('Ivo'));
      return await inDialog(people.takeBackTitle('Ivo'), people.takeBackNow);
    },
  },
  {
    ...admin('/users'),
    name: 'a user’s new role',
    sends: `PATCH ${user}`,
    prepare: async () => {
      await userEvent.click(await inMenu(people.actionsOf('Bea'), people.changeRole));
      return await inDialog(people.roleOf('Bea'), people.change);
    },
  },
  {
    ...admin('/users'),
    name: 'a user’s end',
    sends: `DELETE ${user}`,
    prepare: async () => {
      await userEvent.click(await inMenu(people.actionsOf('Bea'), people.remove));
      return await inDialog(people.removeTitle('Bea'), people.removeNow);
    },
  },
  {
    ...admin('/users'),
    name: 'a user’s pause',
    sends: `PATCH ${user}`,
    prepare: () => inMenu(people.actionsOf('Bea'), people.deactivate),
  },
  {
    ...admin('/users'),
    name: 'the end of a user’s pause',
    sends: `PATCH ${user}`,
    before: { [`PATCH ${user}`]: ok({ ...colleague, status: 'deactivated', revision: 2 }) },
    prepare: async () => {
      await userEvent.click(await inMenu(people.actionsOf('Bea'), people.deactivate));
      return await button(common.undo);
    },
  },
];

/** Organizations: as the platform, and as their admins. */
export const ofOrganizations: readonly Submit[] = [
  {
    ...platform('/organizations/new'),
    name: 'a new organization',
    sends: 'POST /api/admin/organizations',
    prepare: async () => {
      await type('Name', 'Lighthouse');
      await type(organizations.contactName, 'Cora');
      await type(organizations.contactEmail, 'cora@example.com');
      return await button(organizations.createNow);
    },
  },
  {
    ...detail('subscription'),
    name: 'the look at another subscription',
    sends: subscription,
    prepare: () => button(organizations.check),
  },
  {
    ...detail('subscription'),
    name: 'another subscription',
    sends: subscription,
    before: { [subscription]: checked },
    prepare: async () => {
      await click(organizations.check);
      return await button(organizations.apply);
    },
  },
  {
    ...detail('subscription'),
    name: 'one’s own version of a subscription',
    sends: subscription,
    before: changedMeanwhile(`GET /api/admin${own}`, subscription, whole({}), theirs),
    prepare: async () => {
      await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Plan' }), 'Starter');
      await click(organizations.check);
      return await mine();
    },
  },
  {
    ...detail('settings'),
    name: 'a suspension',
    sends: `POST /api/admin${own}/deactivate`,
    prepare: async () => {
      await click(organizations.suspend);
      await type(/^Reason/, 'Unpaid');
      await type(organizations.typeName('Lighthouse'), 'Lighthouse');
      return await inDialog(organizations.suspendTitle('Lighthouse'), organizations.suspendNow);
    },
  },
  {
    ...detail('overview'),
    name: 'the end of a suspension',
    sends: `POST /api/admin${own}/reactivate`,
    before: { [`GET /api/admin${own}`]: ok(whole({ status: 'inactive', inactiveReason: 'Unpaid' })) },
    prepare: () => button(organizations.reactivate),
  },
  {
    ...detail('settings'),
    name: 'what the platform sets',
    sends: `PATCH /api/admin${own}`,
    prepare: async () => {
      await typePhone();
      return await button(common.save);
    },
  },
  {
    ...admin('/settings'),
    name: 'what an admin sets',
    sends: `PATCH /api${own}`,
    prepare: async () => {
      await typePhone();
      return await button(common.save);
    },
  },
  {
    ...admin('/settings'),
    name: 'what an admin sets back',
    sends: `PATCH /api${own}`,
    before: { [`PATCH /api${own}`]: ok(whole({ revision: 2, contactPerson: { ...contact, phone: '123' } })) },
    prepare: async () => {
      await typePhone();
      await click(common.save);
      return await button(common.undo);
    },
  },
  {
    ...admin('/settings'),
    name: 'one’s own version of the settings',
    sends: `PATCH /api${own}`,
    before: changedMeanwhile(`GET /api${own}`, `PATCH /api${own}`, whole({}), theirs),
    prepare: async () => {
      await typePhone();
      await click(common.save);
      return await mine();
    },
  },
];

/** File imports, and computed figures. */
export const ofThePlatform: readonly Submit[] = [
  {
    ...platform('/organizations'),
    name: 'the organizations as a file',
    sends: 'GET /api/admin/organizations',
    prepare: async () => {
      await screen.findByRole('table');
      return await button(organizations.saveCsv);
    },
  },
  ...(
    [
      ['the audit as a table', audit.exportCsv],
      ['the audit as lines', audit.exportJson],
    ] as const
  ).map(([name, item]) => ({
    ...admin('/audit'),
    name,
    sends: `GET /api${own}/audit/export`,
    prepare: () => inMenu(audit.export, item),
  })),
  ...(
    [
      ['a comparison with Clerk', drift.compareNow],
      ['a preview of a comparison with Clerk', drift.preview],
    ] as const
  ).map(([name, title]) => ({
    ...platform('/clerk'),
    name,
    sends: 'POST /api/admin/drift/runs',
    prepare: () => button(title),
  })),
  ...(
    [
      ['a computation for now', analytics.runs.runNow.hour],
      ['a computation for yesterday', analytics.runs.runNow.day],
    ] as const
  ).map(([name, title]) => ({
    ...platform('/usage'),
    name,
    sends: 'POST /api/admin/usage/runs',
    prepare: () => button(title),
  })),
];
