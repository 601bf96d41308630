import { ulid } from 'ulid';
import { erasedPerson, UserId } from '../ids.ts';

/** Whom is erased, and what stands for them afterwards. */
export interface Erased {
  readonly userId: string;
  /** In lower case. */
  readonly emails: readonly string[];
  readonly names: readonly string[];
  readonly pseudonym: string;
}

const begins = 'user_erased_';

/** A pseudonym: nobody can tell from it who that was, and every schema takes it for the id of a person. */
export const newPseudonym = (now: Date): UserId =>
  UserId.parse(`${begins}${ulid(now.getTime()).slice(-16).toLowerCase()}`);

export const isPseudonym = (userId: string): boolean => erasedPerson.exec(userId)?.[0] === userId;

/** Fields that hold what somebody is called whom another field of the same object names. */
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
/** A text by itself, and not as a part of a longer word, id or address. */
const alone = (text: string, flags: string) =>
  new RegExp(String.raw`(?<![\p{L}\p{N}_.@-])${escaped(text)}(?![\p{L}\p{N}_@]|-\w|\.\w)`, `gu${flags}`);

/**
 * What is left of a value when somebody is erased from it: their id, their addresses and their full names are
 * replaced wherever they stand, also within texts and keys; a name of one word only where a field beside it
 * says that it is theirs. Addresses and devices that they came from are taken away. The rest stays.
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
    return Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
      if (isActor && (key === 'ip' || key === 'userAgent')) return [];
      // What somebody is called, by their id.
      if (key === userId) return [[pseudonym, typeof part === 'string' ? pseudonym : erase(part)]];
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
