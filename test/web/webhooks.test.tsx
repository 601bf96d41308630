import '../../web/lib/zod-without-eval.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { english } from './support/english.ts';
import { me, type Replies, renderApp } from './support/render-app.tsx';
import { everything, own } from './support/small-organization.ts';

const { webhooks: texts } = english;
const at = '2026-01-01T00:00:00.000Z';
const bucket = {
  name: 'acme-audit-log',
  region: 'eu-central-1',
  prefix: 'logs/mtcms',
  roleArn: 'arn:aws:iam::222222222222:role/mtcms-log-delivery',
};
const hook = {
  id: 'hook_00000000000000000000000001',
  organizationId: own.split('/')[2],
  ...{ name: 'Evidence', url: 's3://acme-audit-log/logs/mtcms', kind: 'bucket', bucket, events: ['*'] },
  ...{ status: 'active', waiting: 0, createdBy: 'user_1', revision: 1, createdAt: at, updatedAt: at },
};
const logSender = { roleArn: 'arn:aws:iam::111111111111:role/sender', externalId: 'org_external' };
const hooks = `/api${own}/outgoing-webhooks`;
const asAdmin: Replies = {
  ...everything,
  'GET /api/me': me('org_admin'),
  [`GET ${hooks}`]: { status: 200, body: { items: [], logSender } },
  [`GET ${hooks}/${hook.id}`]: { status: 200, body: hook },
  [`GET ${hooks}/${hook.id}/deliveries`]: { status: 200, body: { items: [], nextCursor: null } },
};

describe('a bucket for the audit log', () => {
  it('is created with what its role needs in sight, and shows no secret', async () => {
    const requests = renderApp(`${own}/webhooks`, {
      ...asAdmin,
      [`POST ${hooks}`]: { status: 201, body: hook },
    });
    await userEvent.click(await screen.findByRole('button', { name: texts.newOne }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('radio', { name: texts.kinds.bucket }));
    const type = (label: string, text: string) =>
      userEvent.type(dialog.getByRole('textbox', { name: label }), text);
    await type(texts.name, hook.name);
    await type(texts.bucket, 'Acme');
    await type(texts.region, bucket.region);
    await type(texts.prefix, '/logs/mtcms/');
    await type(texts.roleArn, bucket.roleArn);
    await userEvent.click(dialog.getByRole('button', { name: texts.create }));
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(0);
    await userEvent.clear(dialog.getByRole('textbox', { name: texts.bucket }));
    await type(texts.bucket, bucket.name);
    expect(dialog.getByLabelText(texts.trustPolicy).textContent).toContain(
      '"sts:ExternalId": "org_external"',
    );
    expect(dialog.getByLabelText(texts.writePolicy).textContent).toContain(
      'acme-audit-log/logs/mtcms/org_external/*',
    );
    await userEvent.click(dialog.getByRole('button', { name: texts.create }));
    expect(await screen.findByRole('dialog', { name: hook.name })).toBeTruthy();
    const sent = requests.find(({ method }) => method === 'POST');
    expect(await sent?.clone().json()).toMatchObject({
      name: hook.name,
      kind: 'bucket',
      from: 'now',
      bucket,
    });
  });

  it('says what is wrong with it when it is tested, and has no secret to rotate', async () => {
    const attempt = { at, problem: 'wrong-region', milliseconds: 12 };
    renderApp(`${own}/webhooks/${hook.id}`, {
      ...asAdmin,
      [`POST ${hooks}/${hook.id}/test`]: { status: 200, body: attempt },
    });
    await userEvent.click(await screen.findByRole('button', { name: texts.test }));
    const said = texts.testBad(hook.name, texts.problems['wrong-region']);
    await waitFor(() => expect(screen.getByText(said)).toBeTruthy());
    expect(screen.queryByRole('button', { name: texts.rotate })).toBeNull();
  });
});
