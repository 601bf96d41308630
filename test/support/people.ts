import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { engineOf } from './engine.ts';
import { type Answer, newOrganization, type TestProduct } from './product.ts';

/** A signed-in user. */
export interface Person {
  readonly userId: string;
  readonly email: string;
  /** A new session token, with the user's current claims. */
  readonly token: string;
}

/** The local parts of the addresses in a list, sorted. */
export const emails = ({ body }: Answer): string[] =>
  body.items.map(({ email }: { email: string }) => email.split('@')[0]).sort();
/** Organizations with users, created over HTTP. */
export function peopleOf(product: TestProduct, superAdmin: string) {
  const asPerson = async (email: string): Promise<Person> => {
    const token = await product.signIn(email);
    const { body } = await product.api('/api/me', { token });
    return { userId: body.user.userId, email, token };
  };

  /** An organization with an admin, a leader of team A, and a member in each of the teams A and B. */
  async function organization(name: string) {
    const domain = `${name.toLowerCase()}.example`;
    const created = await product.api('/api/admin/organizations', {
      token: superAdmin,
      method: 'POST',
      body: newOrganization(name, `ada@${domain}`),
    });
    const base = `/api/organizations/${created.body.id}`;
    await product.accept(`ada@${domain}`);
    const admin = await asPerson(`ada@${domain}`);
    const post = (path: string, body: object, token = admin.token) =>
      product.api(`${base}${path}`, { token, method: 'POST', body });
    const join = async (who: string, more: object = {}) => {
      const email = `${who}@${domain}`;
      const answer = await post('/invitations', { name: who, email, role: 'team_member', ...more });
      expect(answer).toMatchObject({ status: 201 });
      await product.accept(email);
      return await asPerson(email);
    };
    const [a, b] = [await post('/teams', { name: 'A' }), await post('/teams', { name: 'B' })];
    const [teamA, teamB] = [String(a.body.id), String(b.body.id)];
    const leader = await join('lea', { role: 'team_leader', teamId: teamA, teamRole: 'leader' });
    const inA = await join('ann', { teamId: teamA });
    const inB = await join('bob', { teamId: teamB });
    return { id: String(created.body.id), domain, base, admin, leader, inA, inB, teamA, teamB, post, join };
  }

  const read = (path: string, { token }: Person) => product.api(path, { token });

  /**
   * Changes a user as the admin, with the current ETag: re-reads it if Clerk's webhook changes the user
   * concurrently.
   */
  async function change(
    { base, admin }: Pick<Awaited<ReturnType<typeof organization>>, 'base' | 'admin'>,
    { userId }: Person,
    method: string,
    body?: object,
  ) {
    const path = `${base}/users/${userId}`;
    for (;;) {
      const { headers } = await read(path, admin);
      const etag = { 'if-match': headers.get('etag') ?? '' };
      const answer = await product.api(path, { token: admin.token, method, body, headers: etag });
      const cameTogether = answer.body.code === 'stale' || /at the same moment/.test(answer.body.title);
      if (!cameTogether) return answer;
    }
  }

  /**
   * Sets attributes of an invitation directly in the table, to simulate elapsed time or an unavailable
   * provider.
   */
  async function setInvitation(
    organizationId: string,
    invitationId: string,
    attributes: Record<string, string>,
  ) {
    const { client, TableName } = engineOf(product);
    const names = Object.keys(attributes);
    await client.send(
      new UpdateCommand({
        TableName,
        Key: { pk: `${organizationId}#invitation`, sk: invitationId },
        UpdateExpression: `SET ${names.map((name) => `${name} = :${name}`).join(', ')}`,
        ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, attributes[name]])),
      }),
    );
    client.destroy();
  }

  return { asPerson, organization, read, change, setInvitation };
}

export type People = ReturnType<typeof peopleOf>;
