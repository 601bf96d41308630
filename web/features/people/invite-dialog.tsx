import { Button, Checkbox, Group, Stack, Text, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { BulkResult } from '../../../domain/invitation/invitation.schema.ts';
import { invitationRoutes } from '../../../functions/http/invitation/routes.ts';
import { Dialog } from '../../components/dialog.tsx';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { DataTable } from '../../components/table/data-table.tsx';
import { useSetAddress } from '../../lib/address.ts';
import { useChange } from '../../lib/change.ts';
import { peopleKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';
import { useUnsavedGuard } from '../../lib/unsaved.ts';
import { useTexts } from '../../text/language.tsx';
import { saidOfLine } from '../../text/said.ts';
import { invitationOf, type Line, most, type Place, useInviteList, usePreview } from './invite-list.ts';
import { InvitePreview } from './invite-preview.tsx';
import { RoleField, TeamField, usePlaceChoices } from './place-fields.tsx';

interface Props {
  readonly organizationId: OrganizationId;
}

/** Invites one person or many, with a preview per line and the outcome of each. */
export function InviteDialog({ organizationId }: Props) {
  const { api } = useSession();
  const { inviting, asLeader } = useTexts().people;
  const queries = useQueryClient();
  const setAddress = useSetAddress();
  const list = useInviteList();
  const preview = usePreview(organizationId, list.lines);
  const ready = list.lines.filter(({ email }) => preview.outcomeOf(email)?.status !== 'refused');
  const [leads, setLeads] = useState(false);
  const isUnsaved = list.text.trim() !== '';
  const release = useUnsavedGuard(isUnsaved);
  const sending = useChange({
    mutationFn: (lines: readonly Line[], key) =>
      api(invitationRoutes.inviteMany, {
        params: { organizationId },
        query: {},
        body: {
          invitations: lines.map((line) => ({
            ...invitationOf(line),
            ...(mayLead && leads ? { teamRole: 'leader' } : {}),
          })),
        },
        key,
      }),
    onSuccess: release,
    onSettled: () => queries.invalidateQueries({ queryKey: peopleKey(organizationId) }),
  });
  // A single person can become the team's lead right away; for several it would be ambiguous.
  const [one] = ready.length === 1 ? ready : [];
  const mayLead = one !== undefined && one.teamId !== '' && one.role !== 'team_member';
  const close = () => setAddress({ dialog: '', team: '' });
  const again = () => {
    list.clear();
    sending.reset();
  };
  if (sending.isSuccess)
    return <InviteResults results={sending.data.results} onAgain={again} onClose={close} />;
  return (
    <FormDialog
      title={inviting.title}
      size="xl"
      action={inviting.send(ready.length)}
      isComplete={ready.length > 0 && ready.length <= most}
      sending={{
        pending: sending.isPending,
        error: sending.error,
        submit: () => sending.mutate(ready),
        isUnsaved,
      }}
      onClose={close}
    >
      <PeopleFields organizationId={organizationId} list={list} />
      {mayLead && (
        <Checkbox
          label={asLeader}
          checked={leads}
          onChange={({ currentTarget }) => setLeads(currentTarget.checked)}
        />
      )}
      {ready.length > most && (
        <Text size="sm" c="var(--mantine-color-error)">
          {inviting.tooMany}
        </Text>
      )}
      <InvitePreview organizationId={organizationId} list={list} outcomeOf={preview.outcomeOf} />
      {/* The line is reserved before the response, so that the button below doesn't move. */}
      {list.lines.length > 0 && (
        <Text size="sm" c="dimmed">
          {preview.seatsLeft === undefined ? '\u00a0' : inviting.seatsLeft(preview.seatsLeft)}
        </Text>
      )}
    </FormDialog>
  );
}

interface FieldsProps extends Props {
  readonly list: ReturnType<typeof useInviteList>;
}

/** The people to invite, and their default role and team. */
function PeopleFields({ organizationId, list }: FieldsProps) {
  const { inviting } = useTexts().people;
  const choices = usePlaceChoices(organizationId);
  const change = (place: Partial<Place>) => list.setPlace({ ...list.place, ...place });
  return (
    <>
      <Textarea
        label={inviting.label}
        description={inviting.hint}
        placeholder={inviting.example}
        autosize
        minRows={3}
        maxRows={6}
        value={list.text}
        onChange={({ currentTarget }) => list.setText(currentTarget.value)}
        data-autofocus
      />
      <Group grow>
        <RoleField place={list.place} choices={choices} onChange={change} />
        <TeamField place={list.place} choices={choices} onChange={change} />
      </Group>
    </>
  );
}

type Result = BulkResult['results'][number];

interface ResultsProps {
  readonly results: readonly Result[];
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

/** The outcome of each line. */
function InviteResults({ results, onAgain, onClose }: ResultsProps) {
  const { people } = useTexts();
  return (
    <Dialog title={people.inviting.results} size="xl" onClose={onClose}>
      <Stack gap="md">
        <DataTable
          label={people.inviting.results}
          items={results}
          keyOf={({ index }) => String(index)}
          columns={[
            { id: 'email', title: people.email, cell: ({ email }) => email },
            {
              id: 'outcome',
              title: people.inviting.outcome,
              grows: true,
              phone: 'fact',
              cell: (result) => <Outcome result={result} />,
            },
          ]}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onAgain}>
            {people.inviting.again}
          </Button>
          <Button onClick={onClose} data-autofocus>
            {people.inviting.done}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Outcome({ result }: { readonly result: Result }) {
  const texts = useTexts();
  const { inviting, notSent } = texts.people;
  if (result.status === 'refused') return saidOfLine(texts, result);
  switch (result.invitation?.delivery) {
    case 'queued':
      return <StatusBadge tone="info">{inviting.queued}</StatusBadge>;
    case 'failed':
      return <StatusBadge tone="bad">{notSent(result.invitation.deliveryProblem ?? '')}</StatusBadge>;
    default:
      return <StatusBadge tone="good">{inviting.sent}</StatusBadge>;
  }
}
