import type { Logger } from '@aws-lambda-powertools/logger';

/** Structured logging: a message, and fields that identify no person. Resolves once written. */
export interface Log {
  warn(message: string, fields: Record<string, unknown>): void | Promise<void>;
  error(message: string, fields: Record<string, unknown>): void | Promise<void>;
}

let powertools: Promise<Logger> | undefined;

// Loaded for the first line: most requests log nothing, and their cold start shouldn't pay for it.
const logger = () => {
  powertools ??= import('@aws-lambda-powertools/logger').then((module) => new module.Logger());
  return powertools;
};

/** Structured logs by Powertools for AWS Lambda. */
export const log: Log = {
  warn: async (message, fields) => (await logger()).warn(message, fields),
  error: async (message, fields) => (await logger()).error(message, fields),
};
