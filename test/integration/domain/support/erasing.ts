import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { exportProof } from '../../../../domain/audit/checkpoints/export-proof.ts';
import { toJson } from '../../../../domain/departure/export-format.schema.ts';
import type { UserId } from '../../../../domain/ids.ts';
import { requestErasure } from '../../../../domain/person-data/erasure.ts';
import { updateMailSettings } from '../../../../domain/reminder/mail-settings.ts';
import type { ControlPlane } from '../../../../domain/table/scope.ts';
import { requireUser } from '../../../../domain/user/find-user.ts';
import { sendUnlinks } from '../../../../domain/user/unlink-outbox.ts';
import { updateUser } from '../../../../domain/user/update-user.ts';
// biome-ignore lint/correctness/useImportExtensions: its types are in a file of their own
import { verify } from '../../../../web/public/audit-verify.mjs';
import { now } from './founding.ts';
import { checkpointing } from './leaving.ts';
import { type World, world } from './person-world.ts';
import { recorded } from './recorded.ts';

/** An organization whose second admin is Eve. Bob was removed, and Clerk was informed. */
export async function removed(plane: ControlPlane, name: string, { isAsked = false } = {}) {
  const of = await world(plane, name);
  const { scope, actor, admin, bob, eve } = of;
  const ctx = (by: UserId, at = now) => ({ scope, actor: { ...actor, by, name: `Name ${by}` }, now: at });
  await recorded(scope, async () => {
    const { revision } = await requireUser(scope, eve);
    await updateUser(ctx(admin), { userId: eve, role: 'org_admin', revision });
  });
  if (isAsked) await recorded(scope, () => requestErasure(ctx(bob), bob));
  await recorded(scope, () => updateMailSettings(ctx(bob), { userId: bob, revision: 0, reminders: false }));
  await of.remove(bob);
  await sendUnlinks(scope, async () => undefined);
  return { ...of, ctx };
}

/** All items of an organization in the table, except those that record who is erased. */
export async function everything(plane: ControlPlane, { scope }: World): Promise<string> {
  const { Items = [] } = await plane.client.send(new ScanCommand({ TableName: plane.table }));
  return Items.filter(({ pk }) => String(pk).startsWith(`${scope.organizationId}#`))
    .map((item) => JSON.stringify(toJson(item)))
    .join('\n');
}

/** The audit log as a proof file. */
export async function proof(plane: ControlPlane, { scope }: World, at: Date): Promise<string> {
  await checkpointing(plane, () => at)(scope.organizationId);
  let [text, position]: [string, Parameters<typeof exportProof>[1]] = ['', undefined];
  do {
    const part = await exportProof(scope, position, at);
    text += part.text;
    position = part.next ?? undefined;
  } while (position !== undefined);
  return text;
}

export const verified = (text: string) => verify([Buffer.from(text)]);
