import type { FunctionEntry } from '../../infra/bundle/bundle-function.ts';

/**
 * The maximum size of what loads before the first response. KB are 1,000 bytes. Functions: minified
 * JavaScript that Node evaluates at a cold start, without what is imported on first use. A bare handler
 * with the AWS SDK is 323 KB.
 */
export const functionLimits: readonly { readonly entry: FunctionEntry; readonly kilobytes: number }[] = [
  { entry: 'http/admin', kilobytes: 800 },
  { entry: 'http/organization', kilobytes: 800 },
  { entry: 'http/support', kilobytes: 800 },
  { entry: 'http/machines', kilobytes: 800 },
  { entry: 'http/webhooks', kilobytes: 800 },
  { entry: 'origin/origin-authorizer', kilobytes: 40 },
  { entry: 'origin/origin-rotation', kilobytes: 400 },
  { entry: 'approvals/approvals', kilobytes: 800 },
  { entry: 'clerk/gateway', kilobytes: 800 },
  { entry: 'machines/key-broker', kilobytes: 800 },
  { entry: 'machines/webhook-sender', kilobytes: 800 },
  { entry: 'streams/audit-writer', kilobytes: 800 },
  { entry: 'streams/event-publisher', kilobytes: 800 },
  { entry: 'streams/redrive', kilobytes: 800 },
  { entry: 'schedules/canary', kilobytes: 800 },
  { entry: 'schedules/usage', kilobytes: 800 },
  { entry: 'schedules/invitations', kilobytes: 800 },
  { entry: 'schedules/audit-checkpoints', kilobytes: 800 },
  { entry: 'schedules/drift', kilobytes: 800 },
  { entry: 'schedules/reminders', kilobytes: 800 },
];

/**
 * Web: everything up to the sign-in page, gzipped: the page, its scripts and styles, and that route's own
 * chunk.
 */
export const webLimit = {
  kilobytes: 180,
  fontKilobytes: 60,
  needed: ['web/features/session/text.en.ts', 'web/text/shared.en.ts'],
} as const;

/** Licences (SPDX) that let the product be distributed without publishing its source. */
export const permissiveLicences = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
  'Zlib',
] as const;
