import { Badge, Box, Button, Group, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import * as z from 'zod/mini';
import { OrganizationRole } from '../../../domain/access/roles.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { BulkResult } from '../../../domain/invitation/invitation.schema.ts';
import { invitationRoutes } from '../../../functions/http/invitation/routes.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Failed } from '../../components/states.tsx';
import { DataTable } from '../../components/table/data-table.tsx';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import type { Texts } from '../../text/language.tsx';
import { useTexts } from '../../text/language.tsx';
import { said } from '../../text/said.ts';
import classes from './bulk-invite.module.css';
import { type Pasted, readPasted } from './pasted-people.ts';
import { peopleKey } from './queries.ts';

interface Props {
  readonly organizationId: OrganizationId;
  readonly onClose: () => void;
}

/** Who is invited, and as what. */
interface Invited {
  readonly people: Pasted['people'];
  readonly as: OrganizationRole;
}

const most = 100;
const asMember = z.catch(OrganizationRole, 'team_member');

/** Invites everybody in a pasted list, and says what became of each line. */
export function BulkInvite({ organizationId, onClose }: Props) {
  const { api } = useSession();
  const { people, common } = useTexts();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [role, setRole] = useState<OrganizationRole>('team_member');
  const read = readPasted(text);
  const inviting = useChange({
    mutationFn: ({ people: invited, as }: Invited, key) =>
      api(invitationRoutes.inviteMany, {
        params: { organizationId },
        query: {},
        body: { invitations: invited.map((person) => ({ ...person, role: as })) },
        key,
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: peopleKey(organizationId) }),
  });
  return (
    <Dialog title={people.bulk.title} size="lg" onClose={onClose}>
      {inviting.isSuccess ? (
        <Results
          results={inviting.data.results}
          onAgain={() => {
            setText('');
            inviting.reset();
          }}
          onClose={onClose}
        />
      ) : (
        <Stack gap="md">
          <Textarea
            label={people.bulk.label}
            description={people.bulk.hint}
            placeholder={people.bulk.example}
            autosize
            minRows={4}
            maxRows={6}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
          <NativeSelect
            label={people.role}
            data={OrganizationRole.options.map((value) => ({ value, label: common.roles[value] }))}
            value={role}
            onChange={({ currentTarget }) => setRole(asMember.parse(currentTarget.value))}
          />
          <Preview {...read} />
          {inviting.isError && <Failed error={inviting.error} />}
          <Group justify="flex-end" className={classes.actions}>
            <Button
              disabled={read.people.length === 0 || read.people.length > most}
              loading={inviting.isPending}
              onClick={() => inviting.mutate({ people: read.people, as: role })}
            >
              {people.bulk.send(read.people.length)}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}

/** What was not understood and who was found, before anything is sent. */
function Preview({ people, leftOut }: Pasted) {
  const { bulk } = useTexts().people;
  return (
    <Stack gap="sm" aria-live="polite">
      {people.length > most && (
        <Text size="sm" c="red">
          {bulk.tooMany}
        </Text>
      )}
      <Entries
        title={bulk.leftOut(leftOut.length)}
        entries={leftOut.map(({ text, reason }, place) => ({
          key: place,
          text,
          about: bulk.reasons[reason],
        }))}
      />
      <Entries
        title={bulk.found(people.length)}
        entries={people.map(({ name, email }) => ({ key: email, text: name, about: email }))}
      />
    </Stack>
  );
}

interface EntriesProps {
  readonly title: string;
  readonly entries: readonly {
    readonly key: string | number;
    readonly text: string;
    readonly about: string;
  }[];
}

/** A list of one line each, which scrolls in itself where it is long. */
function Entries({ title, entries }: EntriesProps) {
  if (entries.length === 0) return null;
  return (
    <Box className={classes.entries} tabIndex={0} role="region" aria-label={title}>
      <Text size="sm" fw={600} className={classes.title}>
        {title}
      </Text>
      <ul aria-label={title}>
        {entries.map(({ key, text, about }) => (
          <li key={key}>
            <Text span size="sm">
              {text}
            </Text>
            <Text span size="sm" c="dimmed">
              {about}
            </Text>
          </li>
        ))}
      </ul>
    </Box>
  );
}

type Result = BulkResult['results'][number];

/** Why a line was refused, each part of it by its name. */
function refusalOf(
  {
    status,
    message = status,
    fields,
    ...why
  }: Pick<Result, 'status' | 'message' | 'fields' | 'reason' | 'params'>,
  texts: Texts,
): string {
  if (fields === undefined) return said(texts, { message, ...why });
  return fields
    .map(({ path, ...wrong }) =>
      [texts.trail.fields[path] ?? path, said(texts, wrong)].filter(Boolean).join(': '),
    )
    .join('; ');
}

interface ResultsProps {
  readonly results: BulkResult['results'];
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

function Results({ results, onAgain, onClose }: ResultsProps) {
  const texts = useTexts();
  const { people, common } = texts;
  return (
    <Stack gap="md">
      <DataTable
        label={people.bulk.results}
        items={results}
        keyOf={({ index }) => String(index)}
        columns={[
          { id: 'email', title: people.email, cell: ({ email }) => email },
          {
            id: 'outcome',
            title: people.bulk.outcome,
            grows: true,
            cell: (result) =>
              result.status === 'invited' ? (
                <Badge color="teal" variant="dot" tt="none" radius="sm">
                  {people.bulk.wasInvited}
                </Badge>
              ) : (
                refusalOf(result, texts)
              ),
          },
        ]}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onAgain}>
          {people.bulk.again}
        </Button>
        <Button onClick={onClose}>{common.close}</Button>
      </Group>
    </Stack>
  );
}
