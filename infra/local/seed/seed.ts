import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { systemActor } from '../../../domain/actor.ts';
import { createPlatform } from '../../../domain/organization/create-organization.ts';
import { platformScope } from '../../../domain/table/scope.ts';
import { acceptInvitation, type ClerkAddress, clerkPeople, longAgo, seedActor } from './clerk-people.ts';
import { createCustomer } from './create-customer.ts';
import { customers, people } from './customers.ts';
import { writeUsageHistory } from './usage-history.ts';

/** The engine, without IAM because no single role may write everything, and the identity provider. */
export interface SeedTarget {
  readonly table: string;
  readonly dynamodbEndpoint: string;
  readonly region: string;
  readonly clerk: ClerkAddress;
  readonly now: Date;
}

const dayMs = 86_400_000;

/**
 * Seeds an empty product by its own use cases, dated in the past. All runs of a day give the same names,
 * roles, dates and figures; ids differ.
 */
export async function seedProduct({
  table,
  dynamodbEndpoint,
  region,
  clerk,
  now,
}: SeedTarget): Promise<void> {
  const engine = new DynamoDBClient({
    endpoint: dynamodbEndpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const client = DynamoDBDocumentClient.from(engine, { marshallOptions: { removeUndefinedValues: true } });
  try {
    const plane = { table, client };
    const accounts = clerkPeople(clerk);
    const founded = new Date(now.getTime() - 420 * dayMs);
    const person = {
      name: 'Sofia Keller',
      email: 'sofia.keller@aligno.example',
      role: 'super_admin' as const,
    };
    const platform = platformScope(plane);
    const { id } = await createPlatform(
      { scope: platform, actor: systemActor('seed', 'seed'), now: founded },
      person,
      longAgo,
    );
    const userId = await acceptInvitation(platform, accounts, person, id, {
      organization: 'Aligno',
      now: founded,
    });
    const superAdmin = seedActor(userId, person);
    const names = people();
    for (const customer of customers)
      await createCustomer({ plane, clerk: accounts, superAdmin, names, now }, customer);
    await writeUsageHistory(plane, now);
  } finally {
    engine.destroy();
  }
}
