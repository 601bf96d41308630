import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { orderAt } from '../../domain/table/transaction.ts';
import { engineOf } from '../support/engine.ts';
import { type Answer, eventually, newOrganization, type TestProduct } from '../support/product.ts';

/** A signed-in user of the journey. */
export interface Traveller {
  readonly userId: string;
  readonly email: string;
  read(path: string): Promise<Answer>;
  /** Sends a request and fails unless the response has that status. `revision` goes into If-Match. */
  send(status: number, request: Request): Promise<Answer['body']>;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly revision?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An organization of the journey, its paths and its admin. */
export interface Place {
  readonly id: string;
  readonly base: string;
  readonly domain: string;
  readonly admin: Traveller;
}

/** The tools for the journey's steps. */
export function guide(product: TestProduct) {
  const { client, TableName } = engineOf(product);
  const titles: string[] = [];
  const names = new Map<string, string>();

  /** Names an id in the dump; returns the id. */
  const named = <Made extends { readonly id: string }>(name: string, made: Made): Made => {
    names.set(made.id, `<${name}>`);
    return made;
  };

  /**
   * Starts a step: an item of no kind leaves an entry without an actor, which separates the steps' entries.
   */
  const step = async (title: string): Promise<void> => {
    titles.push(title);
    const sk = `step-${String(titles.length).padStart(3, '0')}`;
    const changed = { order: orderAt(Date.now(), 0) };
    await client.send(new PutCommand({ TableName, Item: { pk: 'platform#journey', sk, changed } }));
  };

  const as = (token: string, email: string, userId: string): Traveller => ({
    userId,
    email,
    read: (path) => product.api(path, { token }),
    async send(status, { method, path, body, revision, headers }) {
      const state = revision === undefined ? {} : { 'if-match': `"${revision}"` };
      const answer = await product.api(path, { token, method, body, headers: { ...state, ...headers } });
      if (answer.status !== status)
        throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
  });

  /** Signs a user in and sends their first request, which makes an invited user join. */
  const signedIn = async (email: string): Promise<Traveller> => {
    const token = await product.signIn(email);
    const { body } = await product.api('/api/me', { token });
    const userId = String(body.user.userId);
    named(email, { id: userId });
    return as(token, email, userId);
  };

  /** Makes Clerk deliver pending webhooks, and waits until all have been accepted. */
  const deliverWebhooks = async (): Promise<void> => {
    await product.api('/clerk/controls', { method: 'POST', body: { webhooks: 'deliver' } });
    await eventually(
      async () => (await product.api('/clerk/controls')).body.waiting === 0,
      'all webhooks are delivered',
    );
    await product.api('/clerk/controls', { method: 'POST', body: { webhooks: 'hold' } });
  };

  const accept = async (email: string, name: string): Promise<Traveller> => {
    await product.accept(email, name);
    const person = await signedIn(email);
    await deliverWebhooks();
    return person;
  };

  /** Founds an organization, whose first admin accepts. */
  const found = async (superAdmin: Traveller, name: string, domain: string): Promise<Place> => {
    const email = `ada@${domain}`;
    const body = newOrganization(name, email);
    const { id } = await superAdmin.send(201, { method: 'POST', path: '/api/admin/organizations', body });
    named(name, { id });
    const base = `/api/organizations/${id}`;
    const { items } = (await superAdmin.read(`${base}/invitations`)).body;
    named(`invitation of ${email}`, items[0]);
    return { id, base, domain, admin: await accept(email, 'Ada Admin') };
  };

  /** Invites a user. */
  const invite = async (by: Traveller, { base, domain }: Place, who: string, more: object = {}) => {
    const email = `${who}@${domain}`;
    const body = { name: who, email, role: 'team_member', ...more };
    const made = await by.send(201, { method: 'POST', path: `${base}/invitations`, body });
    return named(`invitation of ${email}`, made);
  };

  const runSchedules = async (title: string): Promise<void> => {
    for (const { name } of product.aws.schedules().filter((schedule) => schedule.name.includes(title))) {
      const { outcome } = await product.aws.runSchedule(name);
      if (!outcome.ok) throw new Error(`${name} failed: ${JSON.stringify(outcome)}`);
    }
  };

  return {
    titles,
    names,
    named,
    step,
    signedIn,
    accept,
    found,
    invite,
    deliverWebhooks,
    runSchedules,
    end: () => client.destroy(),
  };
}

type Guide = ReturnType<typeof guide>;

/** The input of a step. */
export interface Way {
  readonly product: TestProduct;
  readonly by: Guide;
  readonly superAdmin: Traveller;
}

/** The users of the journey's organization besides its admin, and another organization. */
export interface People {
  readonly leader: Traveller;
  readonly ann: Traveller;
  readonly bob: Traveller;
  readonly otto: Traveller;
  readonly other: Place;
}
