import type { Context } from '../context.ts';
import { refusedBy } from '../dry-run.schema.ts';
import { AppError } from '../errors.ts';
import type { BulkInvitation, BulkResult, Invitation, NewInvitation } from './invitation.schema.ts';
import { type Outcome, readLines } from './invitation-lines.ts';
import { type InvitingOrganization, invite } from './invite.ts';
import type { InvitationSender } from './send-invitation.ts';

const atOnce = 5;
const attempts = 5;

interface Inviting {
  readonly organization: InvitingOrganization;
  readonly sender: InvitationSender;
}

/** A list of people to invite. */
export interface InvitationList {
  readonly lines: BulkInvitation['invitations'];
  readonly organization: InvitingOrganization;
  /** Throws if the inviter may not invite this person. */
  readonly permit: (person: NewInvitation) => void;
}

/**
 * Invites line by line, five at a time. Returns a result for each, in order: a refused line doesn't affect
 * the others. A duplicate address is invited by its first line.
 */
export async function inviteMany(
  ctx: Context,
  { lines, permit, ...inviting }: InvitationList & Inviting,
): Promise<BulkResult> {
  const results: BulkResult['results'] = [];
  const queue = readLines(lines, permit).values();
  const worker = async () => {
    for (const { index, email, ...line } of queue) {
      const outcome = 'person' in line ? await outcomeOf(ctx, inviting, line.person) : line.outcome;
      results[index] = { index, email, ...outcome };
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { applied: true, results };
}

async function outcomeOf(ctx: Context, inviting: Inviting, person: NewInvitation): Promise<Outcome> {
  try {
    return { status: 'invited', invitation: await inviteOne(ctx, inviting, person) };
  } catch (error) {
    return refusedBy(error);
  }
}

/**
 * Lines of one list change the same counts concurrently. Such a collision is the list's own, so it is
 * retried here.
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
