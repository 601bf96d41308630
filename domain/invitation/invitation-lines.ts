import { invalidLine, refused, refusedBy } from '../dry-run.schema.ts';
import { emailAddress } from '../text.schema.ts';
import { invitationRefusals } from './invitation.refusals.ts';
import { type BulkInvitation, type BulkResult, NewInvitation } from './invitation.schema.ts';

type Result = BulkResult['results'][number];

/** The outcome of one line. */
export type Outcome = Omit<Result, 'index' | 'email'>;

interface Place {
  readonly index: number;
  readonly email: string;
}

/** A line of a list, as far as the list itself determines: a person to invite, or why not. */
export type Line = Place & ({ readonly person: NewInvitation } | { readonly outcome: Outcome });

const comparable = (email: string) => emailAddress.safeParse(email).data ?? email;

/**
 * Parses each line on its own. A duplicate address belongs to its first line.
 * @param permit throws if the inviter may not invite this person
 */
export function readLines(
  lines: BulkInvitation['invitations'],
  permit: (person: NewInvitation) => void,
): Line[] {
  const first = new Map<string, number>();
  return lines.map((line, index) => {
    const place = { index, email: line.email };
    const earlier = first.get(comparable(line.email));
    if (earlier !== undefined)
      return { ...place, outcome: refused(invitationRefusals.address_listed_twice({ line: earlier + 1 })) };
    first.set(comparable(line.email), index);
    return { ...place, ...judged(line, permit) };
  });
}

function judged(line: unknown, permit: (person: NewInvitation) => void) {
  const person = NewInvitation.safeParse(line);
  if (!person.success) return { outcome: invalidLine(person.error) };
  try {
    permit(person.data);
    return { person: person.data };
  } catch (error) {
    return { outcome: refusedBy(error) };
  }
}
