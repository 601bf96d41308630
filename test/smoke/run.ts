/**
 * `npm run smoke -- <origin>`: a journey against a running stage. With CLERK_SECRET_KEY and SMOKE_EMAIL
 * also as the admin with that address; CLERK_API_URL selects the local stand-in.
 */
import { createClerkClient } from '@clerk/backend';
import * as z from 'zod';
import { JourneyFailed, travel } from './journey.ts';

const [origin = ''] = process.argv.slice(2);
const settings = z
  .object({
    CLERK_SECRET_KEY: z.string().min(1).optional(),
    SMOKE_EMAIL: z.email().optional(),
    CLERK_API_URL: z.url().optional(),
  })
  .parse(process.env);

/** A new token for each request, since one expires after a minute. */
async function tokensOf(email: string, secretKey: string, apiUrl: string | undefined) {
  const clerk = createClerkClient({ secretKey, ...(apiUrl !== undefined && { apiUrl }) });
  const { data } = await clerk.users.getUserList({ emailAddress: [email] });
  const [user] = data;
  if (user === undefined) throw new JourneyFailed(`Clerk knows nobody with the address ${email}`);
  const session = await clerk.sessions.createSession({ userId: user.id });
  return async () => (await clerk.sessions.getToken(session.id)).jwt;
}

try {
  if (!URL.canParse(origin) || new URL(origin).origin !== origin)
    throw new JourneyFailed('Name the origin of a stage: npm run smoke -- https://app.example.com');
  const { CLERK_SECRET_KEY: key, SMOKE_EMAIL: email, CLERK_API_URL: url } = settings;
  const token = key && email ? await tokensOf(email, key, url) : undefined;
  await travel({ origin, token, say: (step) => console.log(`✓ ${step}`) });
  if (token === undefined)
    console.log('Nobody signed in: set CLERK_SECRET_KEY and SMOKE_EMAIL for the whole journey.');
} catch (error) {
  console.error(error instanceof JourneyFailed ? `✗ ${error.message}` : error);
  process.exitCode = 1;
}
