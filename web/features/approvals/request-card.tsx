import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Approval, ApprovalStatus, Confirmation } from '../../../domain/approval/approval.schema.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Time } from '../../components/labels.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import { useMember } from '../../lib/member.tsx';
import type { Formats } from '../../text/formats.ts';
import { type Texts, useFormats, useTexts } from '../../text/language.tsx';
import classes from './approvals.module.css';
import { isAlone, isReady } from './queries.ts';

const isTime = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);

/** Exactly what is requested: each value, and the hash that is approved. */
function Content({ approval: { kind, input, hash } }: { readonly approval: Approval }) {
  const { approvals } = useTexts();
  const { moment } = useFormats();
  const names: Readonly<Record<string, string>> = approvals.fields;
  // Stored attributes have no order: they follow the order of the texts, unknown ones last.
  const order = Object.keys(names);
  const placeOf = (name: string) => (name in names ? order.indexOf(name) : order.length);
  const all = Object.entries(input).toSorted(([one], [other]) => placeOf(one) - placeOf(other));
  const shown = (value: unknown) => (isTime(value) ? moment(value) : String(value));
  return (
    <dl className={classes.content} aria-label={approvals.contentOf(approvals.kinds[kind])}>
      {all.map(([name, value]) => (
        <div key={name}>
          <dt>{names[name] ?? name}</dt>
          <dd>
            <bdi>{shown(value)}</bdi>
          </dd>
        </div>
      ))}
      <div>
        <dt>{approvals.fingerprint}</dt>
        <dd>
          <Group gap={4} wrap="nowrap">
            <Text span size="sm" ff="monospace" truncate title={hash}>
              {hash.slice(0, 16)}
            </Text>
            <CopyButton value={hash} what={approvals.fingerprint} />
          </Group>
        </dd>
      </div>
    </dl>
  );
}

const tones: Readonly<Record<ApprovalStatus, Tone>> = {
  waiting: 'warning',
  approved: 'info',
  carried_out: 'good',
  refused: 'bad',
  withdrawn: 'neutral',
  voided: 'neutral',
  expired: 'neutral',
};

/** A short title for a request. */
export const titleOf = ({ kind, input }: Pick<Approval, 'kind' | 'input'>, { approvals }: Texts): string =>
  kind === 'super-admin.create' ? approvals.makeSuperAdmin(String(input.name)) : approvals.kinds[kind];

export const Status = ({ status }: { readonly status: ApprovalStatus }) => (
  <StatusBadge tone={tones[status]}>{useTexts().approvals.statuses[status]}</StatusBadge>
);

interface ConfirmedProps {
  readonly title: string;
  readonly by: Confirmation;
}

/** Who requested or approved it, when, and how they confirmed their identity. */
const Confirmed = ({ title, by: { name, at, factor } }: ConfirmedProps) => (
  <Text size="sm" c="dimmed" component="span">
    {title} <bdi>{name}</bdi>, <Time at={at} /> · {useTexts().approvals.factors[factor]}
  </Text>
);

interface Props {
  readonly approval: Approval;
  /** The actions available to the user. */
  readonly children?: ReactNode;
}

/** A request: what, by whom, why, its exact content, and what happens next. */
export function RequestCard({ approval, children }: Props) {
  const texts = useTexts();
  const { approvals } = texts;
  const title = titleOf(approval, texts);
  return (
    <Paper component="li" withBorder radius="md" p="md" aria-labelledby={approval.id}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="xs">
          <Title order={3} size="h4" id={approval.id} style={{ overflowWrap: 'anywhere' }}>
            <bdi>{title}</bdi>
          </Title>
          <Status status={approval.status} />
        </Group>
        <Details approval={approval} />
        <Text size="sm" fw={500}>
          <Next approval={approval} />
        </Text>
        {children !== undefined && (
          <Group gap="xs" aria-label={approvals.actionsFor(title)} role="group">
            {children}
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

/** Who requested and approved it, why, and its exact content. */
export function Details({ approval }: { readonly approval: Approval }) {
  const { approvals } = useTexts();
  const { requestedBy, approvedBy, reason } = approval;
  return (
    <>
      <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
        <bdi>{reason}</bdi>
      </Text>
      <Stack gap={2}>
        <Confirmed title={approvals.requestedBy} by={requestedBy} />
        {approvedBy !== undefined && <Confirmed title={approvals.approvedBy} by={approvedBy} />}
      </Stack>
      <Content approval={approval} />
    </>
  );
}

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
