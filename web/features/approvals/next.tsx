import type { Approval } from '../../../domain/approval/approval.schema.ts';
import { useMember } from '../../lib/member.tsx';
import type { Formats } from '../../text/formats.ts';
import { type Texts, useFormats, useTexts } from '../../text/language.tsx';
import { isAlone, isReady } from './queries.ts';

type Words = Texts['approvals']['next'];

interface Telling {
  readonly approval: Approval;
  readonly isMine: boolean;
  readonly now: Date;
  readonly next: Words;
  readonly formats: Formats;
}

/** What happens to a pending request. */
function whileWaiting({ approval, isMine, now, next, formats: { moment } }: Telling): string {
  const { kind, input, waitsUntil = '', openUntil, requestedBy } = approval;
  const until = moment(openUntil);
  if (isAlone(approval) && isMine)
    return isReady(approval, now)
      ? next.waitOver(kind === 'super-admin.create', until)
      : next.alone(moment(waitsUntil));
  if (isMine) return next.needsOther(until);
  return kind === 'super-admin.create'
    ? next.becomes(String(input.name))
    : next.mayCarryOut(requestedBy.name);
}

/** What happens next, in one or two sentences. */
function told(telling: Telling): string {
  const { approval, isMine, next, formats } = telling;
  const { kind, input, status, openUntil, requestedBy, progress } = approval;
  const until = formats.moment(openUntil);
  const name = String(input.name);
  if (progress === 'invited') return next.invited(name, until);
  if (status === 'waiting') return whileWaiting(telling);
  if (kind === 'super-admin.create') return next.underWay;
  if (!isMine) return next.theirs(requestedBy.name, until);
  if (kind === 'organization.remove-data') return next.remove(until);
  return kind === 'audit-feed.export' ? next.download(until) : next.extend(until);
}

/** What happens next with a request. */
export function Next({ approval }: { readonly approval: Approval }) {
  const { next } = useTexts().approvals;
  const { user } = useMember();
  const isMine = approval.requestedBy.userId === user.userId;
  return told({ approval, isMine, now: new Date(), next, formats: useFormats() });
}
