import * as z from 'zod';
import { bundleWithout } from '../../isolation/bundles.ts';
import { startTestProduct } from '../../support/product.ts';
import { context, environmentFor, eventFor, freshToken, load, type Run } from '../bundles.ts';
import { median } from '../median.ts';

const answered = z.object({ statusCode: z.literal(200) });
const callsARound = 40;

/**
 * What the guard adds to a warm `GET /api/me`, in milliseconds: the organization function beside the same
 * with the guard switched off as in the isolation report, by turns; the median of the differences. Both have
 * the credentials of the organization, which are cached, and sign with them as any client has to.
 */
export async function costOfLayers(rounds: number) {
  const product = await startTestProduct();
  const { token, stop } = await freshToken(product, 'amara.abara@northwind.example');
  try {
    Object.assign(process.env, await environmentFor(product));
    const whole = await load(await bundleWithout('http/organization', []), 'handler');
    const without = await load(await bundleWithout('http/organization', ['guard']), 'handler');
    const round = async (run: Run) => {
      const start = performance.now();
      for (let call = 0; call < callsARound; call += 1)
        answered.parse(await run(eventFor('GET /api/me', token()), context));
      return (performance.now() - start) / callsARound;
    };
    const [differences, requests]: [number[], number[]] = [[], []];
    // The first round is a warm-up.
    for (let at = -1; at < rounds; at += 1) {
      const isFirst = at % 2 === 0;
      const early = isFirst ? await round(without) : 0;
      const guarded = await round(whole);
      const bare = isFirst ? early : await round(without);
      if (at < 0) continue;
      differences.push(guarded - bare);
      requests.push(guarded);
    }
    return { guard: median(differences), request: median(requests) };
  } finally {
    stop();
    await product.stop();
  }
}
