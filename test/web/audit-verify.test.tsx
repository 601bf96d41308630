import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { fileOf, type HonestTrail, honestTrail, signerNamed } from '../support/proof-file.ts';
import { english } from './support/english.ts';
import { me, organizationId, renderApp } from './support/render-app.tsx';
import { everything } from './support/small-organization.ts';
import { own } from './support/trail.tsx';

const { audit } = english;
const { verify, witness } = audit;
const signer = signerNamed(`${window.location.host}/audit`);
const trailOf = (count: number, checkpoints: readonly number[] = [], ...first: 'expired'[]) =>
  honestTrail({
    organizationId,
    signer,
    checkpoints,
    fates: [...first, ...Array.from({ length: count - first.length }, () => 'kept' as const)],
  });

/** The newest checkpoint of an audit log, as the API returns it. */
function latest({ notes, signer: { vkey } }: HonestTrail) {
  const { note = '', size = 0 } = notes.at(-1) ?? {};
  const [, , root = '', number = '', time = ''] = note.split('\n');
  const checkpoint = { size, root, note, key: vkey, isAnchored: true };
  return { ...checkpoint, number: Number(number.split(' ')[1]), time: time.split(' ')[1] };
}

const page = `${own}/verify`;
const open = (trail: HonestTrail, lines: readonly string[] = trail.lines, proof: readonly string[] = []) =>
  renderApp(page, {
    ...everything,
    'GET /api/me': me('org_admin'),
    [`GET /api${own}/checkpoints/latest`]: ({ url }) => {
      const from = new URL(url).searchParams.get('from');
      const consistency = from === null ? null : { from: Number(from), proof };
      return { status: 200, body: { checkpoint: latest(trail), consistency } };
    },
    [`POST /api${own}/checkpoints`]: { status: 202, body: { requestedAt: '2026-11-30T12:00:00.000Z' } },
    [`GET /api${own}/export`]: { status: 200, body: fileOf(lines).toString() },
  });

beforeEach(() => localStorage.clear());

describe('verifying a file', () => {
  const upload = async (lines: readonly string[]) => {
    open(trailOf(5));
    await screen.findByRole('heading', { name: verify.title });
    const input = document.querySelector<HTMLInputElement>('input[type=file]');
    if (input === null) throw new Error('there is no place for a file');
    await userEvent.upload(input, new File([new Uint8Array(fileOf(lines))], 'log.proof.jsonl'));
  };

  it('says that everything matches its signature', async () => {
    await upload(trailOf(5, [2], 'expired').lines);
    expect(await screen.findByText(verify.good)).toBeTruthy();
    expect(screen.getByText(verify.goodText('4'))).toBeTruthy();
    expect(screen.getByText(verify.expired('1'))).toBeTruthy();
    expect(screen.getByText(signer.vkey)).toBeTruthy();
  });

  it('names what somebody did, in red', async () => {
    const { lines } = trailOf(5);
    await upload(lines.map((line) => line.replace('"id":"entry_3","org', '"id":"entry_4","org')));
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(screen.getByText(`${verify.entry('3')} – ${verify.findings.edited}`)).toBeTruthy();
  });

  it('says of garbage what it is', async () => {
    await upload(['hello']);
    expect(await screen.findByText(verify.badFile)).toBeTruthy();
    expect(screen.getByText(verify.findings.unreadable)).toBeTruthy();
  });
});

describe('the browser as a witness', () => {
  it('keeps the newest checkpoint that it has seen', async () => {
    open(trailOf(5));
    await waitFor(() =>
      expect(localStorage.getItem(`audit-witness:${organizationId}`)).toContain('"size":5'),
    );
  });

  it('says in red that entries were cut off the end', async () => {
    localStorage.setItem(`audit-witness:${organizationId}`, JSON.stringify(latest(trailOf(9))));
    open(trailOf(5));
    expect(await screen.findByText(witness.title)).toBeTruthy();
    expect(screen.getByText(/There are fewer now/)).toBeTruthy();
  });

  it('says in red that another history is shown', async () => {
    localStorage.setItem(
      `audit-witness:${organizationId}`,
      JSON.stringify(latest(trailOf(5, [], 'expired'))),
    );
    open(trailOf(5));
    expect(await screen.findByText(/doesn’t continue from it/)).toBeTruthy();
  });
});
