/** Preloaded into the functions' threads: returns which functions ran since the last call. */
import { Session } from 'node:inspector/promises';
import { BroadcastChannel } from 'node:worker_threads';

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });

const asked = new BroadcastChannel('coverage-asked');
const told = new BroadcastChannel('coverage-told');
asked.onmessage = async () => {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const ran = result.map(({ url, functions }) => ({
    url,
    starts: functions.flatMap(({ ranges: [range] }) =>
      range !== undefined && range.count > 0 ? [range.startOffset] : [],
    ),
  }));
  told.postMessage(ran.filter(({ starts }) => starts.length > 0));
};
for (const channel of [asked, told]) channel.unref();
