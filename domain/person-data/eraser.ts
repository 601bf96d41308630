import { ulid } from 'ulid';
import { erasedPerson, UserId } from '../ids.ts';

/** The person to erase, and the pseudonym that replaces them. */
export interface Erased {
  readonly userId: string;
  /** In lower case. */
  readonly emails: readonly string[];
  readonly names: readonly string[];
  readonly pseudonym: string;
}

const begins = 'user_erased_';

/** A new pseudonym. It reveals nothing about the person, and every schema accepts it as a user id. */
export const newPseudonym = (now: Date): UserId =>
  UserId.parse(`${begins}${ulid(now.getTime()).slice(-16).toLowerCase()}`);

export const isPseudonym = (userId: string): boolean => erasedPerson.exec(userId)?.[0] === userId;

/** Fields that contain the name of a person whose id is in another field of the same object. */
const named: Readonly<Record<string, readonly string[]>> = {
  userId: ['name', 'actorName', 'nameOrder'],
  by: ['name', 'byName'],
  createdBy: ['createdByName'],
  id: ['name'],
  email: ['name', 'nameOrder'],
  operatorId: ['operatorName'],
};

/** Fields with the names of other things; whose `name` it is, a person's id beside it tells. */
const ofThings: readonly string[] = ['name', 'names', 'nameOrder', 'title', 'unit'];

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array);

/** The strings in a value, including field names: entries also refer to users by key. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value) || value instanceof Set) for (const part of value) yield* textsIn(part);
  else if (isRecord(value))
    for (const [name, part] of Object.entries(value)) {
      yield name;
      yield* textsIn(part);
    }
}

/**
 * Several words, of which the first and the last are capitalized, or of a script without capitals. Users
 * choose their names themselves, and any phrase is a valid one.
 */
const capitalized = String.raw`(?:\p{Ll}{1,3}['’-])?[\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}'’.-]*`;
const fullName = new RegExp(
  String.raw`^${capitalized}(?: (?:${capitalized}|\p{Ll}{1,5})){0,4} ${capitalized}$`,
  'u',
);

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
/** Matches a string only as a whole, not as part of a longer word, id or address. */
const alone = (text: string, flags: string, notAfter = '_.@-') =>
  new RegExp(
    String.raw`(?<![\p{L}\p{N}${notAfter}])${escaped(text)}(?![\p{L}\p{N}_@]|-\w|\.\w)`,
    `gu${flags}`,
  );

type Pattern = readonly [pattern: RegExp, by: string];

/**
 * Returns a function that erases a person from a record: an item or an audit entry. Their id and addresses
 * are replaced everywhere, including within text and keys. Their full names are replaced in the text of
 * records that refer to them by id or address, and not in the names of other things: a phrase that a user
 * took for a name must not deface what others wrote. Where a neighbouring field identifies a name as theirs,
 * it is replaced whatever it is. Their IP addresses and devices are removed. Everything else is unchanged.
 */
export function eraserOf({ userId, emails, names, pseudonym }: Erased): (record: unknown) => unknown {
  const address = `${pseudonym}@erased.invalid`;
  const ids: readonly Pattern[] = [
    ...emails.map((email) => [alone(email, 'i'), address] as const),
    // The name of a run for them has their id after a dash.
    [alone(userId, '', '_.@'), pseudonym],
  ];
  const full = names.filter((name) => fullName.test(name));
  const all: readonly Pattern[] = [...ids, ...full.map((name) => [alone(name, ''), pseudonym] as const)];
  const text = (value: string, patterns: readonly Pattern[]) =>
    patterns.reduce((left, [pattern, by]) => left.replaceAll(pattern, by), value);
  const refers = (value: string) =>
    value.includes(pseudonym) || ids.some(([pattern]) => value.search(pattern) !== -1);
  const isTheirs = (value: unknown) =>
    value === userId || (typeof value === 'string' && emails.includes(value.toLowerCase()));
  const fields = (value: Readonly<Record<string, unknown>>, patterns: readonly Pattern[]) => {
    const theirs = Object.keys(named).filter((key) => isTheirs(value[key]));
    const called = new Set(theirs.flatMap((key) => named[key] ?? []));
    const isActor = value.userId === userId || value.by === userId;
    const isOwn = (key: string) => key === 'email' && value.userId === userId;
    return Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
      if (isActor && (key === 'ip' || key === 'userAgent')) return [];
      const left = erase(part, ofThings.includes(key) ? ids : patterns);
      // Replaces a person's name in fields that are paired with their id.
      if (key === userId) return [[pseudonym, typeof part === 'string' ? pseudonym : left]];
      // Even if another member has it now.
      if (isOwn(key)) return [[key, address]];
      return [[text(key, ids), called.has(key) && typeof part === 'string' ? pseudonym : left]];
    });
  };
  const erase = (value: unknown, patterns: readonly Pattern[]): unknown => {
    if (typeof value === 'string') return text(value, patterns);
    if (Array.isArray(value)) return value.map((part) => erase(part, patterns));
    if (value instanceof Set) return new Set([...value].map((part) => erase(part, patterns)));
    return isRecord(value) ? Object.fromEntries(fields(value, patterns)) : value;
  };
  return (record) => erase(record, textsIn(record).some(refers) ? all : ids);
}
