import { randomInt } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { LocalProblem } from '../problem.ts';

const metadata = z.record(z.string(), z.unknown());
/** Milliseconds since 1970, as all times at Clerk. */
const time = z.number();

const user = z.object({
  id: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  externalId: z.string().nullable(),
  /** Lower case. The first is the primary one. */
  emails: z.array(z.object({ id: z.string(), address: z.string(), verified: z.boolean() })),
  publicMetadata: metadata,
  privateMetadata: metadata,
  unsafeMetadata: metadata,
  banned: z.boolean(),
  locked: z.boolean(),
  /** Whether they have turned on a second factor; the stand-in never requires it. */
  twoFactor: z.boolean().default(false),
  createdAt: time,
  updatedAt: time,
  lastSignInAt: time.nullable(),
});

const session = z.object({
  id: z.string(),
  clientId: z.string(),
  userId: z.string(),
  status: z.enum(['active', 'ended', 'revoked', 'removed']),
  createdAt: time,
  updatedAt: time,
  expireAt: time,
  /** When the user was last reverified, if not at sign-in. */
  confirmedAt: time.optional(),
  /** When they last gave their second factor in it. */
  secondFactorAt: time.optional(),
  /** The browser it began in. */
  userAgent: z.string().optional(),
});

const invitation = z.object({
  id: z.string(),
  /** Lower case. */
  email: z.string(),
  /** The secret in the link that the mail carries. */
  ticket: z.string(),
  publicMetadata: metadata,
  /** The redirect after acceptance: a URL, or a path of the product's origin. */
  redirectUrl: z.string(),
  status: z.enum(['pending', 'accepted', 'revoked']),
  createdAt: time,
  updatedAt: time,
  expiresAt: time,
});

const mail = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  invitationId: z.string(),
  sentAt: time,
});

const delivery = z.object({
  /** The `svix-id`: the same for every attempt. */
  id: z.string(),
  body: z.string(),
  createdAt: time,
});

/** Everything the stand-in keeps, oldest first. */
export const State = z.object({
  users: z.array(user),
  sessions: z.array(session),
  invitations: z.array(invitation),
  mails: z.array(mail),
  deliveries: z.array(delivery),
});
export type State = z.infer<typeof State>;
export type User = z.infer<typeof user>;
export type Session = z.infer<typeof session>;
export type Invitation = z.infer<typeof invitation>;
export type Delivery = z.infer<typeof delivery>;
export type Metadata = z.infer<typeof metadata>;

const emptyState = (): State => ({
  users: [],
  sessions: [],
  invitations: [],
  mails: [],
  deliveries: [],
});

/** The stand-in's state, kept in a file. */
export interface Store {
  readonly state: State;
  /**
   * Changes the state at once; resolves when it is on disk. A function that throws must not have changed
   * anything.
   */
  change<Result>(make: (state: State) => Result): Promise<Result>;
  /** Calls the listener after each change has been written to disk. */
  watch(listener: () => void): void;
  /** Resolves when all changes are on disk. */
  settled(): Promise<void>;
}

/** Opens the state in a directory. @throws LocalProblem when its file is damaged. */
export function openStore(directory: string): Store {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'state.json');
  const state = read(file);
  const listeners: (() => void)[] = [];
  // Changes that come while the file is written share the next write.
  let writing = Promise.resolve();
  let next: Promise<void> | undefined;
  const save = () => {
    next ??= writing.then(() => {
      next = undefined;
      const write = replace(file, JSON.stringify(state));
      writing = write.catch(() => undefined);
      return write;
    });
    return next;
  };
  return {
    state,
    async change(make) {
      const result = make(state);
      await save();
      for (const listener of listeners) listener();
      return result;
    },
    watch: (listener) => void listeners.push(listener),
    settled: async () => {
      await next;
      await writing;
    },
  };
}

/** Replaces the file atomically: a kill leaves the old or the new one. */
async function replace(file: string, text: string): Promise<void> {
  const draft = `${file}.new`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, file);
}

function read(file: string): State {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return emptyState();
  }
  try {
    return State.parse(JSON.parse(text));
  } catch (cause) {
    throw new LocalProblem(`${file}, which keeps people and invitations, is damaged. Run "npm run reset".`, {
      cause,
    });
  }
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** An id in Clerk's format: a prefix and 27 letters and digits. */
export const newId = (prefix: string): string =>
  `${prefix}_${Array.from({ length: 27 }, () => alphabet[randomInt(alphabet.length)]).join('')}`;
