import * as z from 'zod/mini';
import { showsSomething, turnsDirection, withoutInvisible } from './visible-text.ts';

// Cc (control) and Cs (lone surrogates).
const controls = /[\p{Cc}\p{Cs}]/u;
const controlsInParagraph = /\p{Cs}|(?!\n)\p{Cc}/u;

const checks = (max: number, forbidden: RegExp) =>
  z.string().check(
    z.refine(showsSomething, 'must not be empty'),
    z.maxLength(max, `must be at most ${max} characters`),
    z.refine((text) => !forbidden.test(text), 'must not contain control characters'),
    z.refine(
      (text) => !turnsDirection.test(text),
      'must not contain characters that turn the direction of text',
    ),
  );

/** A line of text from a person: trimmed, NFC, without control or invisible characters, 1 to `max` characters. */
export const line = (max: number) =>
  z.pipe(
    z.pipe(
      z.string(),
      z.transform((text: string) => withoutInvisible(text).trim().normalize('NFC')),
    ),
    checks(max, controls),
  );

/** Text of several lines from a person: as `line`, but with line breaks, which are all `\n`. */
export const paragraph = (max: number) =>
  z.pipe(
    z.pipe(
      z.string(),
      z.transform((text: string) =>
        withoutInvisible(text).replaceAll(/\r\n?/g, '\n').trim().normalize('NFC'),
      ),
    ),
    checks(max, controlsInParagraph),
  );

/** An e-mail address, lower-cased: two spellings of one mailbox are one person (RFC 5321 leaves the local part's case to the host; no host in use tells them apart). */
export const emailAddress = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text: string) => text.trim().toLowerCase()),
  ),
  z.email('must be an e-mail address').check(z.maxLength(254, 'must be at most 254 characters')),
);
