import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newOrganizationId, type OrganizationId } from '../../../domain/ids.ts';
import type { ExchangeToken } from '../../../domain/table/tenant-credentials.ts';
import { tokenCredentials } from '../../../domain/table/token-credentials.ts';

const [first, second] = [newOrganizationId(new Date(1)), newOrganizationId(new Date(2))];
const minutes = (count: number) => count * 60_000;

let now = 0;
let exchanged: string[] = [];
/** Credentials valid for an hour, named after the token that they were issued for. */
const exchange = vi.fn<ExchangeToken>();
beforeEach(() => {
  now = Date.parse('2026-11-30T12:00:00Z');
  exchanged = [];
  exchange.mockReset().mockImplementation(async (_, token) => {
    exchanged.push(token);
    return { accessKeyId: token, secretAccessKey: 'x', expiration: new Date(now + minutes(60)) };
  });
});

const held = (kept?: number) => tokenCredentials(exchange, { now: () => now, ...(kept && { kept }) });
type Held = ReturnType<typeof held>;
const keyOf = async ({ assumeRole }: Held, id: OrganizationId) => (await assumeRole(id)).accessKeyId;
const away = () => Promise.reject(new Error('away'));

describe('credentials for an organization', () => {
  it('are had by a live token of one of its people only', async () => {
    const credentials = held();
    await expect(keyOf(credentials, first)).rejects.toThrow('no live token');
    credentials.offer(first, 'anns');
    await expect(keyOf(credentials, second)).rejects.toThrow('no live token');
    expect(await keyOf(credentials, first)).toBe('anns');
  });

  it('serve the organization’s others: one exchange for all of them', async () => {
    const credentials = held();
    for (const token of ['anns', 'bens', 'anns again']) {
      credentials.offer(first, token);
      expect(await keyOf(credentials, first)).toBe('anns');
    }
    expect(exchanged).toEqual(['anns']);
  });

  it('are asked for once at a time, however many want them', async () => {
    const credentials = held();
    credentials.offer(first, 'anns');
    const keys = await Promise.all(Array.from({ length: 20 }, () => keyOf(credentials, first)));
    expect(new Set(keys)).toEqual(new Set(['anns']));
    expect(exchanged).toEqual(['anns']);
  });

  it('are renewed by the next live token, before the SDK would ask for others', async () => {
    const credentials = held();
    credentials.offer(first, 'anns');
    await keyOf(credentials, first);
    now += minutes(53);
    credentials.offer(first, 'bens');
    expect(await keyOf(credentials, first)).toBe('anns');
    now += minutes(1.5);
    // There was no request with a newer token: the existing credentials remain in use.
    expect(await keyOf(credentials, first)).toBe('anns');
    credentials.offer(first, 'bens');
    expect(await keyOf(credentials, first)).toBe('bens');
    expect(exchanged).toEqual(['anns', 'bens']);
  });

  it('are not given once they have expired, but had anew by the next token', async () => {
    const credentials = held();
    credentials.offer(first, 'anns');
    await keyOf(credentials, first);
    now += minutes(60);
    await expect(keyOf(credentials, first)).rejects.toThrow('no live token');
    credentials.offer(first, 'bens');
    expect(await keyOf(credentials, first)).toBe('bens');
  });

  it('serve until their end when they can’t be renewed, and STS has some peace meanwhile', async () => {
    const credentials = held();
    credentials.offer(first, 'anns');
    await keyOf(credentials, first);
    now += minutes(56);
    exchange.mockImplementation(away);
    for (const token of ['bens', 'caras', 'anns again']) {
      credentials.offer(first, token);
      expect(await keyOf(credentials, first)).toBe('anns');
    }
    expect(exchange).toHaveBeenCalledTimes(2);
    now += 10_000;
    credentials.offer(first, 'bens');
    await keyOf(credentials, first);
    expect(exchange).toHaveBeenCalledTimes(3);
    now += minutes(4);
    credentials.offer(first, 'bens');
    await expect(keyOf(credentials, first)).rejects.toThrow('away');
  });

  it('are refused while the exchange fails, and had as soon as it works', async () => {
    const credentials = held();
    credentials.offer(first, 'anns');
    exchange.mockImplementationOnce(away);
    await expect(keyOf(credentials, first)).rejects.toThrow('away');
    credentials.offer(first, 'anns');
    expect(await keyOf(credentials, first)).toBe('anns');
  });

  it('keep no token that isn’t needed: one is exchanged once', async () => {
    const credentials = held();
    credentials.offer(first, 'anns');
    await keyOf(credentials, first);
    credentials.offer(first, 'bens');
    now += minutes(60);
    await expect(keyOf(credentials, first)).rejects.toThrow('no live token');
  });

  it('are renewed from six minutes before their end, and serve until half a minute before it', async () => {
    const credentials = held();
    credentials.offer(first, 'anns');
    await keyOf(credentials, first);
    now += minutes(54) - 1;
    credentials.offer(first, 'bens');
    expect(await keyOf(credentials, first)).toBe('anns');
    now += 1;
    expect(await keyOf(credentials, first)).toBe('anns');
    expect(exchanged).toEqual(['anns']);
    now += minutes(5.5) - 1;
    expect(await keyOf(credentials, first)).toBe('anns');
    now += 1;
    await expect(keyOf(credentials, first)).rejects.toThrow('no live token');
  });

  it('that have no end are asked for each time', async () => {
    exchange.mockImplementation(async (_, token) => ({ accessKeyId: token, secretAccessKey: 'x' }));
    const credentials = held();
    credentials.offer(first, 'anns');
    expect(await keyOf(credentials, first)).toBe('anns');
    await expect(keyOf(credentials, first)).rejects.toThrow('no live token');
    credentials.offer(first, 'bens');
    expect(await keyOf(credentials, first)).toBe('bens');
  });

  it('are held for so many organizations, the latest', async () => {
    const credentials = held(10);
    const ids = Array.from({ length: 50 }, (_, n) => newOrganizationId(new Date(n)));
    for (const id of ids) {
      credentials.offer(id, `of ${id}`);
      await keyOf(credentials, id);
    }
    const outcomes = await Promise.allSettled(ids.map((id) => keyOf(credentials, id)));
    const kept = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(kept).toBeGreaterThanOrEqual(10);
    expect(kept).toBeLessThanOrEqual(20);
    expect(outcomes.at(-1)?.status).toBe('fulfilled');
  });
});
