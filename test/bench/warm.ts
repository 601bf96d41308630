import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { bundleFunction, bundleHandler } from '../../infra/bundle/bundle-function.ts';
import { startTestProduct, superAdminEmail } from '../support/product.ts';
import { context, environmentFor, eventFor, freshToken, load, type Run } from './bundles.ts';
import { pairedMedians } from './median.ts';

export interface WarmRow {
  readonly request: string;
  /** Milliseconds per request, the median of all rounds. */
  readonly product: number;
  readonly bare: number;
  readonly peer: number;
  readonly toBare: number;
  readonly toPeer: number;
}

const answered = z.object({ statusCode: z.literal(200) });
const callsARound = 40;

const organizationAdmin = 'amara.abara@northwind.example';

/** A round: the mean of several sequential calls, each of them checked. */
const timed = (run: Run, input: () => unknown) => async () => {
  const start = performance.now();
  for (let call = 0; call < callsARound; call += 1) answered.parse(await run(input(), context));
  return (performance.now() - start) / callsARound;
};

/**
 * Two requests through the product's bundles, compared with a handler that only reads, and with a
 * conventional stack.
 */
export async function warmRequests(rounds: number): Promise<WarmRow[]> {
  const product = await startTestProduct();
  const folder = mkdtempSync(join(tmpdir(), 'mtcms-bench-'));
  try {
    Object.assign(process.env, await environmentFor(product));
    const bundle = (file: string) =>
      bundleHandler(`test/bench/contenders/${file}.ts`, join(folder, file)).directory;
    const [bare, peer] = [bundle('bare'), bundle('peer')];
    const own = (entry: 'http/organization' | 'http/admin') =>
      load(bundleFunction(entry, join(folder, entry.replace('/', '-'))).directory, 'handler');
    const cases = [
      { request: 'GET /api/me', email: organizationAdmin, name: 'me', run: await own('http/organization') },
      {
        request: 'GET /api/admin/organizations',
        email: superAdminEmail,
        name: 'list',
        run: await own('http/admin'),
      },
    ];
    const rows: WarmRow[] = [];
    for (const { request, email, name, run } of cases) {
      const { token, stop } = await freshToken(product, email);
      const { userId, organizationId } = (await product.api('/api/me', { token: token() })).body.user;
      const event = () => eventFor(request, token());
      const contenders = {
        product: timed(run, event),
        bare: timed(await load(bare, name), () => ({ userId, organizationId })),
        peer: timed(await load(peer, name), event),
      };
      // The first round is a warm-up: credentials, connections, compiled code.
      await pairedMedians(contenders, 1);
      const { product: ours = 0, bare: floor = 1, peer: other = 1 } = await pairedMedians(contenders, rounds);
      stop();
      rows.push({
        request,
        product: ours,
        bare: floor,
        peer: other,
        toBare: ours / floor,
        toPeer: ours / other,
      });
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await product.stop();
  }
}
