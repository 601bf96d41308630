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
  id: ['name'],
  email: ['name', 'nameOrder'],
  operatorId: ['operatorName'],
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array);

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
/** Matches a string only as a whole, not as part of a longer word, id or address. */
const alone = (text: string, flags: string) =>
  new RegExp(String.raw`(?<![\p{L}\p{N}_.@-])${escaped(text)}(?![\p{L}\p{N}_@]|-\w|\.\w)`, `gu${flags}`);

/**
 * Returns a function that erases a person from a value. Their id, addresses and full names are replaced
 * everywhere, including within text and keys; a single-word name only where a neighbouring field identifies
 * it as theirs. Their IP addresses and devices are removed. Everything else is unchanged.
 */
export function eraserOf({ userId, emails, names, pseudonym }: Erased): (value: unknown) => unknown {
  const address = `${pseudonym}@erased.invalid`;
  const full = names.filter((name) => /\S\s+\S/.test(name));
  const patterns = [
    ...emails.map((email) => [alone(email, 'i'), address] as const),
    [alone(userId, ''), pseudonym] as const,
    ...full.map((name) => [alone(name, ''), pseudonym] as const),
  ];
  const text = (value: string) =>
    patterns.reduce((left, [pattern, by]) => left.replaceAll(pattern, by), value);
  const isTheirs = (value: unknown) =>
    value === userId || (typeof value === 'string' && emails.includes(value.toLowerCase()));
  const fields = (value: Readonly<Record<string, unknown>>) => {
    const theirs = Object.keys(named).filter((key) => isTheirs(value[key]));
    const called = new Set(theirs.flatMap((key) => named[key] ?? []));
    const isActor = value.userId === userId || value.by === userId;
    const isOwn = (key: string) => key === 'email' && value.userId === userId;
    return Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
      if (isActor && (key === 'ip' || key === 'userAgent')) return [];
      // Replaces a person's name in fields that are paired with their id.
      if (key === userId) return [[pseudonym, typeof part === 'string' ? pseudonym : erase(part)]];
      // Even if another member has it now.
      if (isOwn(key)) return [[key, address]];
      return [[text(key), called.has(key) && typeof part === 'string' ? pseudonym : erase(part)]];
    });
  };
  const erase = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(erase);
    if (value instanceof Set) return new Set([...value].map(erase));
    return isRecord(value) ? Object.fromEntries(fields(value)) : value;
  };
  return erase;
}
