/** One person to invite, as read from a pasted line. */
interface PastedPerson {
  readonly name: string;
  readonly email: string;
}

export interface PastedLines {
  readonly people: readonly PastedPerson[];
  /** Lines in which nothing looks like an address. */
  readonly unreadable: readonly string[];
}

const address = /[^\s<>,;"']+@[^\s<>,;"']+/;

/** "Ada Example" of `ada.example@example.com`: better than nothing, where a line has no name. */
const nameOf = (email: string): string =>
  (email.split('@')[0] ?? email)
    .split(/[._-]+/)
    .filter((word) => word !== '')
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join(' ');

/** Reads what people paste: addresses, `name, address` from a spreadsheet, `Name <address>` from a mail, in any order. */
export function readPastedLines(text: string): PastedLines {
  const people: PastedPerson[] = [];
  const unreadable: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const [email] = address.exec(line) ?? [];
    if (email === undefined) {
      unreadable.push(line.trim());
      continue;
    }
    const rest = line
      .replace(email, ' ')
      .replaceAll(/[<>,;\t"]/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim();
    people.push({ email: email.toLowerCase(), name: rest === '' ? nameOf(email) : rest });
  }
  return { people, unreadable };
}
