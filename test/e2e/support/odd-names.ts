import { newOrganization, superAdminEmail, type TestProduct } from '../../support/product.ts';
import type { ProductPage } from './pages.ts';

const long = (first: string, length = 120) => first.padEnd(length, 'abcdefghij');
const [hebrew, arabic] = ['מחלקת התפעול והלוגיסטיקה של הצפון', 'إدارة العمليات والخدمات اللوجستية في الشمال'];
const japanese = '東日本物流統括本部安全管理課'.repeat(9).slice(0, 100);
const admin = 'odd@example.com';
/** The stand-in's maximum length for an account's name. */
const nameOfAccount = 100;

/**
 * An organization whose names all have the maximum length, without spaces, or run from right to left, and
 * whose figures are huge and tiny.
 */
export async function foundOddNames({ api, accept, signIn }: TestProduct) {
  const platform = await signIn(superAdminEmail);
  const create = async (token: string, path: string, body: object) => {
    const answer = await api(path, { token, method: 'POST', body });
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const name = long('Organization');
  const founded = { ...newOrganization(name, admin), firstAdmin: { name: long('Admin'), email: admin } };
  const { id } = await create(platform, '/api/admin/organizations', {
    ...founded,
    contactPerson: { name: long('Contact'), email: 'cora@contact.example' },
  });
  await create(platform, '/api/admin/organizations', newOrganization(arabic, 'other@example.com'));
  await accept(admin, long('Admin', nameOfAccount));
  const token = await signIn(admin);
  const { user } = (await api('/api/me', { token })).body;
  const home = `/organizations/${id}`;
  for (const [index, who] of [hebrew, arabic, japanese, long('Colleague')].entries()) {
    const email = `${long('colleague', 50)}${index}@example.com`;
    await create(token, `/api${home}/invitations`, { name: who, email, role: 'team_leader' });
    if (index === 0) continue;
    await accept(email, who.slice(0, nameOfAccount));
    await api('/api/me', { token: await signIn(email) });
  }
  const teams = [];
  for (const team of [long('Team', 80), hebrew, japanese.slice(0, 80)])
    teams.push(await create(token, `/api${home}/teams`, { name: team, description: long('About', 500) }));
  const kpis = [];
  for (const kpi of [long('Kpi'), arabic, japanese])
    kpis.push(
      await create(token, `/api${home}/kpis`, {
        name: kpi,
        unit: long('unit', 20),
        direction: 'up',
        baseline: 0,
        target: 1e12,
        period: { start: '2026-01-01', end: '2100-01-01' },
        owner: { kind: 'team', teamId: teams[0].id },
        assigneeIds: [],
      }),
    );
  for (const [index, value] of [1e-6, -1e12].entries())
    await create(token, `/api${home}/kpis/${kpis[index].id}/check-ins`, { value });
  const reason = 'Looks at how long names are shown.';
  await create(platform, `/api${home}/support-access`, { reason, minutes: 60 });
  const page = (path: string, ready = 'h1'): ProductPage => ({ name: path, path, ready });
  return {
    admin,
    ofAdmin: [
      page(home),
      page(`${home}/users`, 'table'),
      page(`${home}/users/${user.userId}`),
      page(`${home}/invitations`, 'table'),
      page(`${home}/teams`, 'table'),
      page(`${home}/teams/${teams[0].id}`),
      page(`${home}/kpis`, 'table'),
      page(`${home}/kpis/${kpis[0].id}`),
      page(`${home}/kpis/${kpis[1].id}`),
      page(`${home}/analytics`),
      page(`${home}/audit`, 'ol li'),
      page(`${home}/settings`, 'form'),
    ],
    ofPlatform: [
      page('/admin/dashboard', 'svg[data-sparkline]'),
      page('/admin/organizations?sort=-created', 'table'),
      page(`/admin${home}`),
      page(`/admin${home}?tab=subscription`, 'table'),
      page(home),
    ],
  };
}
