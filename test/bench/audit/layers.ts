import * as z from 'zod';
import { bundleWithout } from '../../isolation/bundles.ts';
import { startTestProduct } from '../../support/product.ts';
import { context, environmentFor, eventFor, freshToken, load, type Run } from '../bundles.ts';
import { median } from '../median.ts';

const answered = z.object({ statusCode: z.literal(200) });
// With the rounds within the limit of requests per person and minute.
const callsARound = 20;

/**
 * The processor time that the guard adds to a warm `GET /api/me`, in milliseconds: the organization function
 * alternating with the same function whose guard is switched off as in the isolation report; the median of
 * the differences. Both use the organization's cached credentials and sign as any client does.
 */
export async function costOfLayers(rounds: number) {
  const product = await startTestProduct();
  const { token, stop } = await freshToken(product, 'amara.abara@northwind.example');
  try {
    Object.assign(process.env, await environmentFor(product));
    const whole = await load(await bundleWithout('http/organization', []), 'handler');
    const without = await load(await bundleWithout('http/organization', ['guard']), 'handler');
    const round = async (run: Run) => {
      const start = process.cpuUsage();
      for (let call = 0; call < callsARound; call += 1)
        answered.parse(await run(eventFor('GET /api/me', token()), context));
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000 / callsARound;
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
