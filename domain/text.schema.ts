import * as z from 'zod/mini';
import { orElse } from './field-errors.ts';
import { rule, without } from './rule.schema.ts';

// The Braille blank isn't whitespace by its category, but looks like a space.
const blank = /\u2800/g;

// Characters that Unicode says to ignore in display, and annotation marks. Excluded here, since other rules
// handle them: joiners, the emoji selector and tags; and `turnsDirection`, which is refused rather than
// dropped.
const ignorable =
  /[[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]--[\u200C\u200D\uFE0F\u{E0020}-\u{E007F}\u202A-\u202E\u2066-\u2069]]/gv;

// The selector turns a text character into an emoji, such as a heart or a keycap digit. Elsewhere it has no
// effect.
const idleSelectors = /(?<![\p{Emoji}--[0-9#*\p{Emoji_Presentation}]])(?<![0-9#*](?=\uFE0F\u20E3))\uFE0F/gv;

// Tags spell the region of a flag, between a black flag and the cancel tag; anywhere else they hide text.
const regionOrTag =
  /(\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F})|[\u{E0020}-\u{E007F}]/gu;

// Joiners shape joining scripts, Indic conjuncts, and composite emoji.
const joining = String.raw`(?=[\p{L}\p{M}])[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Nkoo}\p{scx=Mand}\p{scx=Adlm}]`;
const conjunct = String.raw`(?=\p{M})[\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}]`;
const emoji = String.raw`[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]`;
const joiners = new RegExp(
  [
    String.raw`(?<=${joining}|${conjunct})([\u200C\u200D])(?=[\p{L}\p{M}])`,
    String.raw`(?<=\p{L})([\u200C\u200D])(?=${conjunct})`,
    String.raw`(?<=${emoji})(\u200D)(?=\p{Extended_Pictographic})`,
    String.raw`[\u200C\u200D]`,
  ].join('|'),
  'gu',
);

/**
 * Removes invisible characters that have no effect in their position, with which one name could pass for
 * another. Each step looks at a bounded number of neighbours, so the time is linear.
 */
const withoutInvisible = (text: string): string =>
  text
    .replaceAll(blank, ' ')
    .replaceAll(ignorable, '')
    .replaceAll(idleSelectors, '')
    .replaceAll(regionOrTag, '$1')
    .replaceAll(joiners, '$1$2$3');

/** Characters that change the text direction, so that one text can pass for another. */
const turnsDirection = '\\u202A-\\u202E\\u2066-\\u2069';

// Fillers are letters by category, but blank.
const visible = /[^\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether a string contains anything visible. */
const showsSomething = (text: string): boolean => visible.test(text);

// Created on first use: it loads tables that take longer than a request.
let graphemes: Intl.Segmenter | undefined;

/** The start of a string, at most `max` UTF-16 code units, cut between user-perceived characters. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  // Characters after the cut only decide whether a grapheme continues there.
  return text.slice(0, graphemes.segment(text.slice(0, max + 2)).containing(max)?.index);
}

// Cc (control), and line separators (Zl, Zp); in a paragraph, all except the line break.
const controls = '\\x00-\\x1F\\x7F-\\x9F\\u2028\\u2029';
const controlsInParagraph = '\\x00-\\x09\\x0B-\\x1F\\x7F-\\x9F\\u2028\\u2029';
const noControls = orElse('contains_control_characters');
const lineBreak = /\r\n?|[\u0085\u2028\u2029]/g;
// No writing system needs more than 30 in a row (UAX #15, stream-safe text format); sorting them takes
// quadratic time.
const stackedMarks = /\p{M}{31}/u;

const tooLong = (max: number) => orElse('too_long', { maximum: max });

/** The maximum length before cleaning: a decomposed letter takes up to four characters. */
const rawLimit = (max: number): number => 4 * max + 100;

/**
 * A string whose length is limited before anything else happens, and which is then cleaned: the documented
 * rules apply to the cleaned string.
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
    // A lone surrogate isn't a character (Cs).
    z.refine((text) => text.isWellFormed(), noControls),
    without(turnsDirection, orElse('turns_direction')),
  );

const trimmed = (text: string): string => withoutInvisible(text).trim();
const composed = (text: string): string => trimmed(text).normalize('NFC');

/** Passes until a text no longer changes; more of them only come of joiners between marks. */
const mostPasses = 4;

/**
 * Normalizes a line so that normalizing it again changes nothing. NFC moves marks, which may take a joiner
 * its context; a text that isn't stable after some passes loses all joiners.
 */
function cleanLine(text: string): string {
  let clean = composed(text);
  for (let passes = 1; passes < mostPasses; passes += 1) {
    const again = composed(clean);
    if (again === clean) return clean;
    clean = again;
  }
  return composed(clean.replaceAll(/[\u200C\u200D]/g, ''));
}

/** A single line: trimmed, NFC, without control or invisible characters, 1 to `max` characters. */
export const line = (max: number) => z.pipe(cleaned(max, cleanLine), checks(max, controls));

/** Text of several lines: like `line`, but with line breaks, normalized to `\n`. */
export const paragraph = (max: number) =>
  z.pipe(
    cleaned(max, (text) => cleanLine(text.replaceAll(lineBreak, '\n'))),
    checks(max, controlsInParagraph),
  );

const personNameLength = 120;

/** A person's name. */
export const personName = line(personNameLength);

/**
 * A person's name from another system, made to fit `personName`: truncated between characters if too long.
 * Undefined if nothing remains, so that the caller's fallback applies.
 */
export function personNameFrom(text: string): string | undefined {
  const name = cutText(cleanLine(cutText(text, rawLimit(personNameLength))), personNameLength);
  return personName.safeParse(name).data;
}

// Labels of letters, digits and hyphens (RFC 1123), the last of letters only or in its `xn--` form.
const domain = String.raw`(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9\-]{0,58}[a-z0-9])`;
const domainPattern = new RegExp(`^${domain}$`);
const addressPattern = new RegExp(String.raw`^[a-z0-9_'+\-]+(?:\.[a-z0-9_'+\-]+)*(?<!')@${domain}$`);

// ASCII only, without NFC before: otherwise the Kelvin sign would turn into another letter.
const lowerCase = (text: string): string => text.replaceAll(/[A-Z]+/g, (capitals) => capitals.toLowerCase());

const partOfUrl = /[\s%/?#:@\\[\]<>^|]/;

/**
 * A domain in normalized form: lower case, other scripts as `xn--` (UTS #46, as in the URL standard).
 * Anything else is unchanged.
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
 * An email address in normalized form: lower case, with its domain as `xn--` if internationalized, so that
 * all spellings of a mailbox are one user (RFC 5321 leaves the local part's case to the host; no host in
 * use distinguishes it).
 */
export const emailAddress = z.pipe(
  cleaned(254, cleanAddress),
  z
    .email({ pattern: addressPattern, ...orElse('not_an_email_address') })
    .check(z.maxLength(254, tooLong(254))),
);

/** An email domain: the part of an `emailAddress` after its `@`. */
export const mailDomain = z.pipe(
  cleaned(253, cleanDomain),
  z.string().check(z.maxLength(253, tooLong(253)), z.regex(domainPattern, orElse('not_a_mail_domain'))),
);
