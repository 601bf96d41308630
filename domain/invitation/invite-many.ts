import type * as z from 'zod/mini';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { fieldErrorsOf } from '../field-errors.ts';
import { emailAddress } from '../text.schema.ts';
import { invitationRefusals } from './invitation.refusals.ts';
import { type BulkInvitation, type BulkResult, type Invitation, NewInvitation } from './invitation.schema.ts';
import { type InvitingOrganization, invite } from './invite.ts';
import type { InvitationSender } from './send-invitation.ts';

type Line = BulkResult['results'][number];

const atOnce = 5;
const attempts = 5;

interface Inviting {
  readonly organization: InvitingOrganization;
  readonly sender: InvitationSender;
  /** Throws when the inviter may not invite this person. */
  readonly permit: (person: NewInvitation) => void;
}

/**
 * Invites each line on its own, five at a time. Returns a result for each in the order given: a line that is
 * refused doesn't affect the others. An address that is listed twice is invited by its first line.
 */
export async function inviteMany(
  ctx: Context,
  { lines, ...inviting }: Inviting & { readonly lines: BulkInvitation['invitations'] },
): Promise<BulkResult> {
  const first = new Map<string, number>();
  for (const [index, { email }] of lines.entries()) {
    const address = comparable(email);
    if (!first.has(address)) first.set(address, index);
  }
  const results: Line[] = [];
  const queue = lines.entries();
  const worker = async () => {
    for (const [index, line] of queue) {
      const earlier = first.get(comparable(line.email)) ?? index;
      const outcome =
        earlier === index
          ? await outcomeOf(ctx, inviting, line)
          : refused(invitationRefusals.address_listed_twice({ line: earlier + 1 }));
      results[index] = { index, email: line.email, ...outcome };
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { results };
}

const comparable = (email: string) => emailAddress.safeParse(email).data ?? email;

async function outcomeOf(
  ctx: Context,
  inviting: Inviting,
  line: unknown,
): Promise<Omit<Line, 'index' | 'email'>> {
  const person = NewInvitation.safeParse(line);
  if (!person.success) return notRight(person.error);
  try {
    inviting.permit(person.data);
    return { status: 'invited', invitation: await inviteOne(ctx, inviting, person.data) };
  } catch (error) {
    if (error instanceof AppError && (error.status < 500 || error.code === 'identity_unavailable'))
      return refused(error);
    throw error;
  }
}

/**
 * Lines of one list change the same counts at the same time. Such a collision is the list's own, so it is
 * tried again here.
 */
async function inviteOne(
  ctx: Context,
  { organization, sender }: Inviting,
  person: NewInvitation,
): Promise<Invitation> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await invite(ctx, { person, organization }, sender);
    } catch (error) {
      const collided = error instanceof AppError && error.code === 'conflict';
      if (!collided || attempt === attempts) throw error;
    }
  }
}

const refused = ({ code, message, reason, params }: AppError) => ({
  ...{ status: 'refused' as const, code, message, reason, params },
});

function notRight(error: z.core.$ZodError) {
  const fields = fieldErrorsOf(error);
  const words = fields.map(({ path, message }) => [path, message].filter(Boolean).join(': ')).join('; ');
  return { status: 'refused' as const, code: 'validation_failed', message: words, fields };
}
