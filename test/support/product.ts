import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createClerkClient } from '@clerk/backend';
import * as z from 'zod';
import type { SupportStage } from '../../domain/support-access/support-access.schema.ts';
import { type Product, type ProductOptions, startProduct } from '../../infra/local/product.ts';
import { documented } from './documented.ts';
import { atSupportStage } from './function-environment.ts';
import { seededState } from './seeded-state.ts';
import { throwawayDirectory } from './throwaway-directory.ts';
import { tokenRenewal } from './token-renewal.ts';

const mails = z.object({
  mails: z.array(z.object({ to: z.string(), url: z.string(), status: z.string() })),
});

/** A response of the API with its parsed body. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

interface TestProductOptions extends Partial<ProductOptions> {
  /** Applied to the state before the product starts on it. */
  readonly prepare?: (stateDirectory: string) => Promise<void>;
  /** How super admins enter organizations: freely, unless that is being tested. */
  readonly supportAccess?: SupportStage;
}

interface Call {
  readonly token?: string | undefined;
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What users do with a running product: sign in, accept invitations, and call its API. */
export function clientOf({ origin, clerk: address }: Pick<Product, 'origin' | 'clerk'>) {
  const clerk = createClerkClient({ apiUrl: address.url, secretKey: address.secretKey });

  const renewed = tokenRenewal(async (sessionId) => (await clerk.sessions.getToken(sessionId)).jwt);

  const request = async (
    path: string,
    { token, method = 'GET', body, headers }: Call = {},
  ): Promise<Answer> => {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${await renewed.of(token)}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json(;|$)/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text !== '' ? JSON.parse(text) : text,
    };
  };

  const wrongWith = documented();
  const api = async (path: string, call: Call = {}): Promise<Answer> => {
    const answer = await request(path, call);
    const { method = 'GET' } = call;
    const wrong = wrongWith(method, path, answer);
    if (wrong !== null)
      throw new Error(
        `${method} ${path} answered ${answer.status}, not as the API's document says: ${wrong}`,
      );
    return answer;
  };

  return {
    clerk: Object.assign(clerk, { url: address.url }),
    /** Any response. */
    request,
    /** A response that matches the API's document; throws with the problem otherwise. */
    api,
    /**
     * A session token of the user with this address; `api` replaces it with a newer one of the same session
     * before it expires.
     */
    async signIn(email: string): Promise<string> {
      const { data } = await clerk.users.getUserList({ emailAddress: [email] });
      const [user] = data;
      if (user === undefined) throw new Error(`nobody has the address ${email}`);
      const session = await clerk.sessions.createSession({ userId: user.id });
      return await renewed.first(session.id);
    },
    /**
     * Accepts the latest invitation of an address with the email's link, as its recipient does. Returns the
     * redirect target.
     */
    async accept(email: string, name = 'Test Person'): Promise<string | null> {
      const all = mails.parse(await (await fetch(`${origin}/clerk/outbox.json`)).json()).mails;
      const mail = all.find(({ to }) => to === email);
      if (mail === undefined) throw new Error(`no mail was sent to ${email}`);
      const url = new URL(mail.url);
      const response = await fetch(`${url.origin}${url.pathname}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ticket: url.searchParams.get('ticket') ?? '', name }),
      });
      return response.headers.get('location');
    },
  };
}

/**
 * The product as `npm start` runs it, with a separate state, on a free port: real bundles, the real engine,
 * the IAM gate. It has the example data, unless `seed` is false, and their audit log, as after a first run.
 */
export async function startTestProduct({
  prepare,
  supportAccess = 'open',
  transformTemplate,
  ...options
}: TestProductOptions = {}) {
  const atStage = atSupportStage(supportAccess);
  const stateDirectory = mkdtempSync(join(throwawayDirectory(), 'mtcms-product-'));
  const problems: string[] = [];
  if (options.seed !== false) cpSync(await seededState(), stateDirectory, { recursive: true });
  await prepare?.(stateDirectory);
  const product = await startProduct({
    port: 0,
    stateDirectory,
    onProblem: (problem) => problems.push(problem),
    transformTemplate: (template) => atStage(transformTemplate?.(template) ?? template),
    ...options,
  });
  return {
    ...product,
    ...clientOf(product),
    problems,
    stateDirectory,
    async stop() {
      await product.stop();
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
}

export type TestProduct = Awaited<ReturnType<typeof startTestProduct>>;

/** Repeats a request until it succeeds. Throws with the last response after `seconds`. */
export async function eventually<Value>(
  ask: () => Promise<Value | undefined | false>,
  what: string,
  seconds = 60,
): Promise<Value> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const value = await ask();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`did not happen in ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The input for a new organization. */
export const newOrganization = (name: string, adminEmail: string) => ({
  name,
  contactPerson: { name: 'Cora Contact', email: 'cora@contact.example' },
  subscription: { plan: 'growth', startDate: '2026-01-01' },
  firstAdmin: { name: 'Ada Admin', email: adminEmail },
});

export const superAdminEmail = 'sofia.keller@aligno.example';
