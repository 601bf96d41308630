import * as z from 'zod/mini';
import { orElse } from './field-errors.ts';
import { rule, without } from './rule.schema.ts';
import { cutText, showsSomething, turnsDirection, withoutInvisible } from './visible-text.ts';

// Cc (control), and the separators that break a line (Zl, Zp); in a paragraph all but the line break.
const controls = '\\x00-\\x1F\\x7F-\\x9F\\u2028\\u2029';
const controlsInParagraph = '\\x00-\\x09\\x0B-\\x1F\\x7F-\\x9F\\u2028\\u2029';
const noControls = orElse('contains_control_characters');
const lineBreak = /\r\n?|[\u0085\u2028\u2029]/g;
// No writing needs more than 30 in a row (UAX #15, stream-safe text); putting them in order takes the square
// of their number.
const stackedMarks = /\p{M}{31}/u;

const tooLong = (max: number) => orElse('too_long', { maximum: max });

/**
 * How long a text may be before it is cleaned: a letter in its decomposed form takes up to four characters.
 */
const rawLimit = (max: number): number => 4 * max + 100;

/**
 * A text that is bounded before anything is done with it, and then cleaned: only what is judged afterwards is
 * described.
 */
const cleaned = (max: number, clean: (text: string) => string) =>
  z.pipe(
    z.string().check(
      rule((text) => text.length <= rawLimit(max), { ...tooLong(max), abort: true, says: {} }),
      z.refine((text) => !stackedMarks.test(text), orElse('contains_stacked_marks')),
    ),
    z.transform(clean),
  );

const checks = (max: number, forbidden: string) =>
  z.string().check(
    rule(showsSomething, {
      ...orElse('empty'),
      says: { jsonSchema: { minLength: 1 }, inPart: true },
    }),
    z.maxLength(max, tooLong(max)),
    without(forbidden, noControls),
    // A surrogate without its other half is no character (Cs).
    z.refine((text) => text.isWellFormed(), noControls),
    without(turnsDirection, orElse('turns_direction')),
  );

const trimmed = (text: string): string => withoutInvisible(text).trim();
const cleanLine = (text: string): string => trimmed(text).normalize('NFC');

/**
 * A line of text from a person: trimmed, NFC, without control or invisible characters, 1 to `max` characters.
 */
export const line = (max: number) => z.pipe(cleaned(max, cleanLine), checks(max, controls));

/** Text of several lines from a person: as `line`, but with line breaks, which are all `\n`. */
export const paragraph = (max: number) =>
  z.pipe(
    cleaned(max, (text) => cleanLine(text.replaceAll(lineBreak, '\n'))),
    checks(max, controlsInParagraph),
  );

const personNameLength = 120;

/** What a person is called. */
export const personName = line(personNameLength);

/**
 * What another system calls a person, by the rules of `personName`: cut between two signs where it is too
 * long. Undefined where the rules leave nothing of it, so that the caller's own fallback holds.
 */
export function personNameFrom(text: string): string | undefined {
  const name = cutText(cleanLine(cutText(text, rawLimit(personNameLength))), personNameLength);
  return personName.safeParse(name).data;
}

// Labels of letters, digits and hyphens (RFC 1123), the last of letters only or in its `xn--` form.
const domain = String.raw`(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9\-]{0,58}[a-z0-9])`;
const domainPattern = new RegExp(`^${domain}$`);
const addressPattern = new RegExp(String.raw`^[a-z0-9_'+\-]+(?:\.[a-z0-9_'+\-]+)*(?<!')@${domain}$`);

// ASCII only, and no NFC before it: both make another person's letter of the Kelvin sign.
const lowerCase = (text: string): string => text.replaceAll(/[A-Z]+/g, (capitals) => capitals.toLowerCase());

const partOfUrl = /[\s%/?#:@\\[\]<>^|]/;

/**
 * A domain in the form that it is kept and compared in: lower case, other scripts as `xn--` (UTS #46, as the
 * URL standard has it). What isn't a domain stays what it is.
 */
function asciiDomain(text: string): string {
  const plain = /^[a-z0-9.-]*$/.test(text) && !text.includes('xn--');
  const url = `http://${text}`;
  return plain || partOfUrl.test(text) || !URL.canParse(url) ? text : new URL(url).hostname;
}

const cleanDomain = (text: string): string => asciiDomain(lowerCase(trimmed(text)));

function cleanAddress(text: string): string {
  const address = trimmed(text);
  const at = address.lastIndexOf('@');
  return at === -1 ? address : `${lowerCase(address.slice(0, at))}@${cleanDomain(address.slice(at + 1))}`;
}

/**
 * An email address as it is kept: lower-cased, its domain as `xn--` where it has other letters, so that all
 * spellings of one mailbox are one person (RFC 5321 leaves the local part's case to the host; no host in use
 * tells them apart).
 */
export const emailAddress = z.pipe(
  cleaned(254, cleanAddress),
  z
    .email({ pattern: addressPattern, ...orElse('not_an_email_address') })
    .check(z.maxLength(254, tooLong(254))),
);

/** A mail domain: the part of an `emailAddress` after its `@`. */
export const mailDomain = z.pipe(
  cleaned(253, cleanDomain),
  z.string().check(z.maxLength(253, tooLong(253)), z.regex(domainPattern, orElse('not_a_mail_domain'))),
);
