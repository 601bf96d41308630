import { addressParser } from 'postal-mime';
import { emailAddress, personName } from '../../../domain/text.schema.ts';

/** One person to invite. */
interface PastedPerson {
  readonly name: string;
  readonly email: string;
}

/** Text that isn't invited: no address, an invalid one, a duplicate, or a name that can't be assigned. */
export interface LeftOut {
  readonly text: string;
  readonly reason: 'noAddress' | 'notAnAddress' | 'twice' | 'unclear';
}

/** All people named in a pasted text, and everything else; nothing is dropped silently. */
export interface Pasted {
  readonly people: readonly PastedPerson[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * A part of an address list: a mailbox (RFC 5322), or text on its own, such as a spreadsheet's column of
 * names.
 */
interface Part {
  readonly address?: string;
  readonly name: string;
}

/** Derives "Ada Example" from `ada.example@example.com` if there is no name. */
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
 * Normalizes a line for the parser: columns and spaces between addresses become commas, and `mailto:` is
 * removed.
 */
function listOf(line: string): string {
  const text = line.replaceAll(/\bmailto:/gi, '');
  const words = text.split(/[\s,;]+/).map((word) => word.replaceAll(/^<|>$/g, ''));
  const addresses = words.filter(Boolean).map((word) => emailAddress.safeParse(word).data);
  // Without duplicates: mail programs repeat an address as its own name.
  if (addresses.every((address) => address !== undefined)) return [...new Set(addresses)].join(', ');
  return text.replaceAll('\t', ',').replaceAll(/>(?=\s*[^\s,;>(])/g, '>,');
}

/** The words of a line that look like addresses. */
const addressWords = (text: string): string[] =>
  text
    .split(/[\s<>,;:()[\]"]+/)
    .filter((word) => word.includes('@'))
    .map(unquoted);

/** A name without surrounding quotes and bullets, and without addresses. */
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

/** Assigns stand-alone names in a line to its mailboxes; returns the names that can't be assigned as well. */
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
 * The same for several mailboxes: names all precede their addresses or all follow them; if both are
 * possible, they aren't assigned.
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
    // Only a whole word counts as an address.
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
 * Parses what people paste from mail programs and spreadsheets: RFC 5322 address lists, and columns of
 * names and addresses.
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
