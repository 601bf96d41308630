import {
  acceptByMail,
  addMembers,
  createTeam,
  fillKpi,
  fillOrganization,
  invitePeople,
  makeLead,
  startOrganization,
} from '../support/acts.ts';
import { countActs, type Effort } from '../support/clicks.ts';
import { desktop } from '../support/shapes.ts';
import { entryOf, fill, goTo, goToStep, notice } from '../support/steps.ts';
import { unexpected } from '../support/watch.ts';
import { words } from '../support/words.ts';
import type { Visitor, World } from '../support/world.ts';

const { audit, common, kpis, organizations, people } = words;

/** The clicks of an act, those in the app that lead up to it, and the maximum. */
export interface ActRow extends Effort {
  readonly act: string;
  readonly before: number;
  readonly most: number;
}

/** An act, its preceding clicks, and a lower maximum if it has one. */
type Act = readonly [title: string, before: number, most?: number];

const name = 'Clearwater Group';
const team = 'Counters';
const kpi = { name: 'Clicks saved', unit: 'clicks', baseline: '0', target: '12' };
const at = (who: string) => `${who}@counted.example`;
const admin = { name: 'Carla Counter', email: at('carla') };
const invited = ['Abe', 'Bea', 'Cem', 'Dora', 'Emil'].map((first) => ({
  name: `${first} Counted`,
  email: at(first.toLowerCase()),
}));
const [lead = admin] = invited;

/**
 * From creating an organization to its first check-in and the audit log entry, in as few clicks as
 * possible. Returns the clicks of each act, and the problems on the way.
 */
export async function clicksJourney(world: World): Promise<{ rows: ActRow[]; problems: string[] }> {
  const [sofia, carla, leader] = await Promise.all([
    world.visitor(desktop.screen),
    world.visitor(desktop.screen),
    world.visitor(desktop.screen),
  ]);
  const rows: ActRow[] = [];
  const counters = new Map<Visitor, Awaited<ReturnType<typeof countActs>>>();
  for (const one of [sofia, carla, leader]) counters.set(one, await countActs(one.context));
  const counterOf = (visitor: Visitor) => counters.get(visitor) ?? fail();
  const act = async ([title, before, most = before]: Act, visitor: Visitor, run: () => Promise<unknown>) => {
    counterOf(visitor).take();
    await run();
    rows.push({ act: title, before, most, ...counterOf(visitor).take() });
  };

  await sofia.signInAs('Sofia Keller');
  await act(['create an organization', 3], sofia, () => createOrganization(sofia));
  await act(['accept an invitation', 2], carla, () => acceptByMail(world, carla, admin));
  await act(['set up: add a phone number', 2], carla, () => addPhone(carla));
  await act(['invite five people', 4], carla, () => inviteFive(carla));
  for (const one of invited.slice(1)) await join(world, one);
  await acceptByMail(world, leader, lead);
  await act(['create a team', 3], carla, () => createTeam(carla, team));
  const posted = carla.sent.length;
  await act(['add five members', 15, 7], carla, () => addMembers(carla.page, team, namesOf(invited)));
  // The token has expired by then; it is renewed in the background.
  const requests = carla.sent.slice(posted).filter((request) => request.includes(' /api/'));
  await act(['make one the lead', 11, 2], carla, () => makeLead(carla.page, lead.name));
  await act(['create a KPI', 6], carla, () => createKpi(carla, counterOf(carla).choseFromList));
  await act(['check in', 0], leader, () => checkIn(leader));
  await act(['see it in the audit log', 1], carla, () => seeIt(carla));
  const problems = unexpected([...sofia.errors, ...carla.errors, ...leader.errors]);
  const isOneAct = requests.length === 1;
  return { rows, problems: isOneAct ? problems : [...problems, `members by ${requests.join(', ')}`] };
}

const fail = (): never => {
  throw new Error('nobody counts for this visitor');
};

const namesOf = (all: readonly { readonly name: string }[]) => all.map((one) => one.name);

async function createOrganization(sofia: Visitor): Promise<void> {
  const { page } = sofia;
  await goTo(sofia, organizations.organizations);
  await startOrganization(page);
  await fillOrganization(page, name, admin);
  await page.getByRole('button', { name: organizations.createNow }).click();
  await page.getByRole('heading', { name }).waitFor();
}

async function addPhone({ page }: Visitor): Promise<void> {
  await goToStep(page, 'contact_complete');
  await fill(page, { [organizations.contactPhone]: '+49 30 1234' });
  await page.getByRole('button', { name: common.save, exact: true }).click();
  await notice(page, organizations.savedNow).waitFor();
}

async function inviteFive(carla: Visitor): Promise<void> {
  await goTo(carla, people.invitations);
  await invitePeople(carla.page, invited);
}

/** Accepts over HTTP: the browser flow was tested above. */
async function join({ product }: World, { name: who, email }: (typeof invited)[number]): Promise<void> {
  await product.accept(email, who);
  await product.api('/api/me', { token: await product.signIn(email) });
}

/** Owned by the team, so that its lead checks in. */
async function createKpi(carla: Visitor, choseFromList: () => void): Promise<void> {
  const { page } = carla;
  await goTo(carla, kpis.kpis);
  const form = await fillKpi(page, kpi);
  await form.getByLabel(kpis.owner).selectOption({ label: team });
  choseFromList();
  await form.getByRole('button', { name: kpis.create }).click();
  await page.getByRole('heading', { name: kpi.name }).waitFor();
}

/** The daily task: a number, and Enter. */
async function checkIn({ page }: Visitor): Promise<void> {
  await page.reload();
  await page.getByRole('region', { name: team }).getByLabel(kpis.checkInOf(kpi.name)).fill('5');
  await page.keyboard.press('Enter');
  await notice(page, kpis.reported(kpi.name, '5 clicks')).waitFor();
}

async function seeIt(carla: Visitor): Promise<void> {
  await goTo(carla, audit.audit);
  await entryOf(carla.page, lead.name, kpi.name).waitFor();
}
