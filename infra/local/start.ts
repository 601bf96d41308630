import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { canarySchedule, canaryState } from './console/canary.ts';
import { fileProblem, LocalProblem } from './problem.ts';
import { type Product, startProduct } from './product.ts';

const environment = z.object({
  PORT: z.coerce
    .number('PORT must be a number')
    .int('PORT must be a whole number')
    .min(1, 'PORT must be between 1 and 65535')
    .max(65_535, 'PORT must be between 1 and 65535')
    .default(4000),
  MTCMS_DYNAMODB_ENDPOINT: z.url('MTCMS_DYNAMODB_ENDPOINT must be a URL').optional(),
  MTCMS_STATE_DIRECTORY: z
    .string()
    .min(1)
    .default(join(import.meta.dirname, '../../.local')),
});

function readEnvironment() {
  const result = environment.safeParse(process.env);
  if (result.success) return result.data;
  throw new LocalProblem(result.error.issues.map(({ message }) => message).join('\n'));
}

/** Users who can sign in with one click: one of each role is listed, the page shows all. */
async function peopleOf(origin: string): Promise<string> {
  const client = z.object({ people: z.array(z.object({ name: z.string(), description: z.string() })) });
  const { people } = client.parse(await (await fetch(`${origin}/clerk/client`)).json());
  const kinds = new Map<string, string>();
  for (const { name, description } of people) {
    const [kind = ''] = description.split(' · ');
    if (!kinds.has(kind)) kinds.set(kind, `    ${name.padEnd(20)} ${description}`);
  }
  return [...kinds.values()].join('\n');
}

async function greet({ origin }: Product): Promise<void> {
  const seconds = (performance.now() / 1000).toFixed(1);
  const megabytes = Math.round(process.memoryUsage().rss / 1_048_576);
  console.log(`
  MTCMS is ready after ${seconds} s, ${megabytes} MB

    ${origin}
    ${origin}/clerk/outbox   emails that were sent
    ${origin}/local          schedules, functions, streams

  Sign in with one click, for example as:
${await peopleOf(origin)}

  Press Ctrl-C to stop. The data stays in .local (npm run reset deletes it).
`);
}

/** Runs the isolation canary once, so that its state is known from the start, and prints its result. */
async function sing({ aws, origin }: Product): Promise<void> {
  const schedule = canarySchedule(aws.schedules());
  if (schedule === undefined) return;
  await aws.runSchedule(schedule.name);
  const { isWell, summary } = canaryState(aws.schedules());
  const word = isWell ? 'holds' : `IS IN DOUBT, see ${origin}/local`;
  console.log(`  Isolation ${word}: ${summary}\n`);
}

try {
  const { PORT, MTCMS_DYNAMODB_ENDPOINT, MTCMS_STATE_DIRECTORY } = readEnvironment();
  const { values } = parseArgs({ options: { assembly: { type: 'string' } } });
  const product = await startProduct({
    developmentAssembly: values.assembly,
    port: PORT,
    stateDirectory: MTCMS_STATE_DIRECTORY,
    dynamodbEndpoint: MTCMS_DYNAMODB_ENDPOINT,
    say: (step) => console.log(`  ${step} …`),
    onProblem: (message) => console.error(`  ${message}`),
  });
  const stop = (): void => {
    void product.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.once('disconnect', stop);
  await greet(product);
  // Skipped in development, where each start would bundle it.
  if (values.assembly === undefined) await sing(product);
} catch (error) {
  const problem = fileProblem(error);
  console.error(problem instanceof LocalProblem ? problem.message : problem);
  process.exit(1);
}
