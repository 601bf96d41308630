import { readdirSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acrossRolesJourney } from './journeys/across-roles.ts';
import { approvalsJourney } from './journeys/approvals.ts';
import { clicksJourney } from './journeys/clicks.ts';
import { connectionsJourney } from './journeys/connections.ts';
import { keyboardJourney } from './journeys/keyboard.ts';
import { roleAtKeysJourney, rolesAtKeys } from './journeys/keyboard-of-roles.ts';
import { operationsJourney } from './journeys/operations.ts';
import { orgAdminJourney } from './journeys/org-admin.ts';
import { superAdminJourney } from './journeys/super-admin.ts';
import { teamLeaderJourney } from './journeys/team-leader.ts';
import { remindedMemberJourney, teamMemberJourney } from './journeys/team-member.ts';
import { pictures, picturesFolder } from './support/pictures.ts';
import { desktop, phone } from './support/shapes.ts';
import { startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  rmSync(picturesFolder, { recursive: true, force: true });
  world = await startWorld();
});
afterAll(() => world.stop());

describe.concurrent('without a mouse', () => {
  it('a super admin signs in, finds a list, opens an organization, fills a form and leaves a dialog', async () => {
    expect(await keyboardJourney(world)).toEqual([]);
  });
  it.each(rolesAtKeys)(
    'a $role passes the shell in its order, and finds things by the palette',
    async (one) => {
      expect(await roleAtKeysJourney(world, one)).toEqual([]);
    },
  );
});

describe.concurrent('counting clicks', () => {
  it('from a new organization to its audit log no act takes more than before, a lead two, members one request', async () => {
    const { rows, problems } = await clicksJourney(world);
    console.table(rows);
    expect(problems).toEqual([]);
    for (const { act, most, clicks, enters } of rows) {
      expect(clicks, act).toBeLessThanOrEqual(most);
      // Forms without a button to click are submitted with Enter.
      expect(clicks + enters, act).toBeLessThanOrEqual(Math.max(most, 1));
    }
  });
});

describe.concurrent.each([desktop, phone])('on a $name', (shape) => {
  it('an organization is founded, filled with people and work, looked at, suspended and served again', async () => {
    expect(await acrossRolesJourney(world, shape)).toEqual([]);
  });
  it('a super admin sees what needs them, finds an organization and asks what a plan would change', async () => {
    expect(await superAdminJourney(world, shape)).toEqual([]);
  });
  it('two super admins make a third, each confirming that it is them', async () => {
    expect(await approvalsJourney(world, shape)).toEqual([]);
  });
  it('a super admin sees health, retention, Clerk and usage jobs, and lets an organization leave and stay', async () => {
    expect(await operationsJourney(world, shape)).toEqual([]);
  });
  it('values go out by key and webhook, come in by CSV, and are computed and discussed', async () => {
    expect(await connectionsJourney(world, shape)).toEqual([]);
  });
  it('an admin finishes the setup, sees to people and looks at who did what', async () => {
    expect(await orgAdminJourney(world, shape)).toEqual([]);
  });
  it('a team’s leader reports, measures something new and sees to the members', async () => {
    expect(await teamLeaderJourney(world, shape)).toEqual([]);
  });
  it('a team member reports this week’s values, even when the session ends meanwhile', async () => {
    expect(await teamMemberJourney(world, shape)).toEqual([]);
  });
  it('a member reports from a reminder, stops reminders, and has their data exported and erased', async () => {
    expect(await remindedMemberJourney(world, shape)).toEqual([]);
  });
});

describe('on their way the journeys take', () => {
  it('every picture of the user guides', () => {
    const names = Object.keys(pictures).map((name) => `${name}.png`);
    expect(readdirSync(picturesFolder).sort()).toEqual(names.sort());
  });
});
