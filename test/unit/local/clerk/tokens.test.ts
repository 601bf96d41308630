import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { addUser, newEmail } from '../../../../infra/local/clerk/people.ts';
import { startSession } from '../../../../infra/local/clerk/sessions.ts';
import { State } from '../../../../infra/local/clerk/store.ts';
import { openSigningKey, tokenSigner } from '../../../../infra/local/clerk/tokens.ts';
import { deployGuideExample } from '../../../infra/deploy-guide.ts';

const origin = 'https://app.example.com';
const now = Date.parse('2026-11-30T12:00:00Z');

/** The value that Clerk substitutes for a shortcode. */
const values: Readonly<Record<string, unknown>> = {
  '{{user.public_metadata.organizationId}}': 'org_01ARZ3NDEKTSV4RRFFQ69G5FAV',
  '{{user.public_metadata.invitationId}}': 'inv_01ARZ3NDEKTSV4RRFFQ69G5FAV',
  '{{user.primary_email_address}}': 'ann@example.com',
  '{{user.email_verified}}': true,
};

async function claimsOf(publicMetadata: Record<string, unknown>) {
  const state = State.parse({ users: [], sessions: [], invitations: [], mails: [], deliveries: [] });
  const user = addUser(state, { emails: [newEmail('ann@example.com', true)], publicMetadata }, now);
  const key = await openSigningKey(mkdtempSync(join(tmpdir(), 'mtcms-key-')));
  const sign = tokenSigner({ key, issuer: 'https://clerk.example.com', origin, now: () => now });
  return decodeJwt(await sign(startSession(state, user.id, now), user));
}

test('a session token has the claims that the deployment guide sets at Clerk', async () => {
  const claims = deployGuideExample('claims', z.record(z.string(), z.unknown()));
  const filled = z
    .record(z.string(), z.unknown())
    .parse(
      JSON.parse(JSON.stringify(claims), (_, value: unknown) =>
        typeof value === 'string' && value in values ? values[value] : value,
      ),
    );
  const token = await claimsOf({
    organizationId: values['{{user.public_metadata.organizationId}}'],
    invitationId: values['{{user.public_metadata.invitationId}}'],
  });
  expect(token).toMatchObject(filled);
  expect(Object.keys(filled)).toContain('https://aws.amazon.com/tags');
  expect(JSON.stringify(filled).length).toBeLessThan(1200);
});

test('and null where the person’s metadata have nothing', async () => {
  expect(await claimsOf({})).toMatchObject({
    organizationId: null,
    'https://aws.amazon.com/tags': { principal_tags: { organizationId: [null] } },
  });
});
