import { addressParser } from 'postal-mime';
import { emailAddress, personName } from '../../../domain/text.schema.ts';

/** One person to invite. */
interface PastedPerson {
  readonly name: string;
  readonly email: string;
}

/**
 * What is not invited: text without an address, what is no address, an address again, or text that belongs to
 * nobody for certain.
 */
export interface LeftOut {
  readonly text: string;
  readonly reason: 'noAddress' | 'notAnAddress' | 'twice' | 'unclear';
}

/** Everybody whom a pasted text names, and all of the rest: nothing is dropped unseen. */
export interface Pasted {
  readonly people: readonly PastedPerson[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * A part of an address list: a mailbox (RFC 5322), or words that stand alone, such as a spreadsheet's column
 * of names.
 */
interface Part {
  readonly address?: string;
  readonly name: string;
}

/** "Ada Example" of `ada.example@example.com`: better than nothing, where there is no name. */
const nameOf = (email: string): string =>
  email
    .slice(0, email.indexOf('@'))
    .split(/[._-]+/)
    .filter((word) => word !== '')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(' ');

const isAddress = (text: string) => emailAddress.safeParse(text).success;
const unquoted = (text: string) => text.replace(/^[\s'*•–-]+/, '').replace(/[\s']+$/, '');

/**
 * A line as the parser takes it: columns and spaces between addresses separate like commas, links lose their
 * `mailto:`.
 */
function listOf(line: string): string {
  const text = line.replaceAll(/\bmailto:/gi, '');
  const words = text.split(/[\s,;]+/).map((word) => word.replaceAll(/^<|>$/g, ''));
  const addresses = words.filter(Boolean).map((word) => emailAddress.safeParse(word).data);
  // Once each: a mail program writes an address as its own name, too.
  if (addresses.every((address) => address !== undefined)) return [...new Set(addresses)].join(', ');
  return text.replaceAll('\t', ',').replaceAll(/>(?=\s*[^\s,;>(])/g, '>,');
}

/** The words of a line that look like addresses, whatever they belong to. */
const addressWords = (text: string): string[] =>
  text
    .split(/[\s<>,;:()[\]"]+/)
    .filter((word) => word.includes('@'))
    .map(unquoted);

/** A name without what isn't one: quotes and bullets around it, and addresses in it. */
const plainName = (name: string): string =>
  unquoted(
    name
      .split(/\s+/)
      .filter((word) => !word.includes('@'))
      .join(' '),
  );

const partsOf = (list: string): Part[] =>
  addressParser(list, { flatten: true }).flatMap(({ name, address = '' }) => {
    const part = { name: plainName(name) };
    if (address.includes('@')) return [{ ...part, address: unquoted(address) }];
    return part.name === '' ? [] : [part];
  });

const stands = ({ address }: Part) => address === undefined;
const isBare = (part: Part | undefined) => part?.address !== undefined && part.name === '';

/**
 * Names for the mailboxes of a line, where words stand alone beside them; and the words that belong to none
 * for certain.
 */
function named(parts: readonly Part[]): { readonly mailboxes: Part[]; readonly unclear: string[] } {
  const first = parts.findIndex((part) => !stands(part));
  if (parts.filter((part) => !stands(part)).length === 1) {
    const [mailbox = { name: '' }, before, after] = [
      parts[first],
      parts.slice(0, first),
      parts.slice(first + 1),
    ];
    const words = (some: readonly Part[]) => some.map(({ name }) => name);
    if (mailbox.name !== '')
      return {
        mailboxes: [{ ...mailbox, name: [...words(before), mailbox.name].join(', ') }],
        unclear: words(after),
      };
    const own = before.length > 0 ? before : after;
    const unclear = before.length > 0 ? words(after) : [];
    return { mailboxes: [{ ...mailbox, name: words(own).join(' ') }], unclear };
  }
  return inColumns(parts);
}

/**
 * The same of several mailboxes: words all stand before theirs, or all after; where both could be, they are
 * nobody's.
 */
function inColumns(parts: readonly Part[]): ReturnType<typeof named> {
  const places = parts.flatMap((part, index) => (stands(part) ? [index] : []));
  const ahead = places.every((index) => parts[index + 1]?.address !== undefined);
  const behind = places.every((index) => isBare(parts[index - 1]));
  const step = ahead === behind ? undefined : ahead ? -1 : 1;
  return {
    mailboxes: parts.flatMap((part, index) => {
      const beside = step === undefined ? undefined : parts[index + step];
      if (stands(part)) return [];
      const words = beside !== undefined && stands(beside) ? [beside.name] : [];
      return [{ ...part, name: [...words, part.name].filter(Boolean).join(', ') }];
    }),
    unclear: step === undefined ? places.map((index) => parts[index]?.name ?? '') : [],
  };
}

function readLine(line: string): { readonly people: PastedPerson[]; readonly leftOut: LeftOut[] } {
  const list = listOf(line);
  const words = addressWords(list);
  if (words.length === 0) return { people: [], leftOut: [{ text: line.trim(), reason: 'noAddress' }] };
  const { mailboxes, unclear } = named(partsOf(list));
  const people = mailboxes.flatMap(({ address = '', name }) => {
    const email = emailAddress.safeParse(address).data;
    // Only a whole word is an address: a part of a longer one is somebody else's.
    if (email === undefined || !words.includes(address)) return [];
    return [{ email, name: personName.safeParse(name).data ?? nameOf(email) }];
  });
  const found = new Set(people.map(({ email }) => email));
  const others = words.filter((word) => !found.has(emailAddress.safeParse(word).data ?? word));
  const leftOut = others.map(
    (text): LeftOut => ({ text, reason: isAddress(text) ? 'unclear' : 'notAnAddress' }),
  );
  return { people, leftOut: [...leftOut, ...unclear.map((text) => ({ text, reason: 'unclear' as const }))] };
}

/**
 * Reads what people paste from mail programs and spreadsheets: address lists of RFC 5322, and names and
 * addresses in columns.
 */
export function readPasted(text: string): Pasted {
  const people = new Map<string, PastedPerson>();
  const leftOut: LeftOut[] = [];
  for (const line of text.split(/[\r\n\u2028\u2029]+/)) {
    if (line.trim() === '') continue;
    const read = readLine(line);
    for (const person of read.people)
      if (people.has(person.email)) leftOut.push({ text: person.email, reason: 'twice' });
      else people.set(person.email, person);
    leftOut.push(...read.leftOut);
  }
  return { people: [...people.values()], leftOut };
}
