import { parseArgs } from 'node:util';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { LocalProblem } from '../local/problem.ts';
import { carryOver } from './carry-over.ts';
import { type AnchorBucket, type Verification, verifyTable } from './verify-table.ts';

const usage = `
  npm run restore:carry -- --from <table>                       gives a restored table the audit log of the former one
  npm run restore:verify -- [--from <table>] [--anchors <bucket>]   verifies a table, and changes nothing

  TABLE_NAME is the restored table, reached with the AWS credentials of this shell. --from is the table that was in use before,
  --anchors the locked bucket of audit checkpoints. docs/restore.md has all steps.
  Exit codes: 0 all is well, 1 something is to be done.
`;

const environment = z.object({
  TABLE_NAME: z.string({ error: 'TABLE_NAME must name the restored table' }).min(3),
  /** Another DynamoDB, such as the local engine. */
  MTCMS_DYNAMODB_ENDPOINT: z.url().optional(),
});

const bucketOf = (Bucket: string): AnchorBucket => {
  const client = new S3Client({});
  return {
    async list(Prefix) {
      const keys: string[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix }))
        keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
      return keys;
    },
    async read(Key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return (await Body?.transformToString()) ?? '';
    },
  };
};

function tell({ facts, counts, trails, problems }: Verification): void {
  const rows = [...counts].toSorted(([one], [other]) => (one < other ? -1 : 1));
  console.log(`\n  ${facts.name}\n`);
  for (const [kind, count] of rows) console.log(`  ${String(count).padStart(10)}  ${kind}`);
  const entries = [...trails.values()].reduce((sum, size) => sum + size, 0);
  console.log(`\n  ${trails.size} audit logs with ${entries} entries were verified.`);
  if (problems.length > 0) {
    console.log(`\n  ${problems.length} problems:`);
    for (const problem of problems) console.log(`  - ${problem}`);
    return;
  }
  // The stopped functions have raised the alarms that roll a canary deployment back.
  const setting = { table: { name: facts.name, streamArn: facts.streamArn }, rollout: 'atOnce' };
  console.log(`\n  No problems. To use this table, put into the stage's settings in cdk.json and deploy:\n`);
  console.log(`  ${JSON.stringify(setting).slice(1, -1)}\n`);
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { from: { type: 'string' }, anchors: { type: 'string' }, help: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [does] = positionals;
  if (values.help || positionals.length !== 1 || (does !== 'carry' && does !== 'verify')) {
    console.log(usage);
    return values.help ? 0 : 1;
  }
  const parsed = environment.safeParse(process.env);
  if (!parsed.success) throw new LocalProblem(`${z.prettifyError(parsed.error)}\n${usage}`);
  const { TABLE_NAME: table, MTCMS_DYNAMODB_ENDPOINT: endpoint } = parsed.data;
  const here: DynamoDBClientConfig = {
    ...(endpoint !== undefined && { endpoint, region: 'us-east-1' }),
    ...(endpoint !== undefined && { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
  };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(here));
  if (does === 'carry') {
    if (values.from === undefined) throw new LocalProblem(`--from must name the former table.\n${usage}`);
    const { copied, expired } = await carryOver({ client, from: values.from, to: table });
    console.log(
      `\n  Carried over ${copied} items of the audit log; took out ${expired} that had expired since.\n`,
    );
    return 0;
  }
  const anchors = values.anchors === undefined ? undefined : bucketOf(values.anchors);
  const verification = await verifyTable({ client, table, from: values.from, anchors });
  tell(verification);
  return verification.problems.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await run();
} catch (error) {
  const isToldWhole = error instanceof LocalProblem || (error instanceof Error && '$metadata' in error);
  console.error(isToldWhole ? error.message : error);
  process.exitCode = 1;
}
