import {
  Alert,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  Paper,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { teamsLed } from '../../../domain/access/member.ts';
import { OrganizationRole } from '../../../domain/access/roles.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { type Invitation, NewInvitation } from '../../../domain/invitation/invitation.schema.ts';
import { invitationRoutes } from '../../../functions/http/invitation/routes.ts';
import { checkedBy } from '../../components/form/problems.ts';
import { type Form, useSendForm } from '../../components/form/send-form.ts';
import { Failed } from '../../components/states.tsx';
import { useAddressParameter } from '../../lib/address.ts';
import { teamChoicesQuery } from '../../lib/choices.ts';
import { useMay, useMember } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { BulkInvite } from './bulk-invite.tsx';
import { peopleKey } from './queries.ts';

/** An invitation as its form has it; without a team `teamId` is empty. */
interface InvitationValues {
  name: string;
  email: string;
  role: string;
  teamId: string;
  leads: boolean;
}

/** The form's values as the API takes them, judged by the API's own schema. */
const InvitationForm = z.pipe(
  z.pipe(
    z.object({
      name: z.string(),
      email: z.string(),
      role: z.string(),
      teamId: z.string(),
      leads: z.boolean(),
    }),
    z.transform(({ teamId, leads, ...person }): unknown => ({
      ...person,
      ...(teamId === '' ? {} : { teamId }),
      ...(teamId !== '' && leads && person.role !== 'team_member' ? { teamRole: 'leader' } : {}),
    })),
  ),
  NewInvitation,
);

/** Invites one person, or many from a list. The form stays for the next. */
export function InviteForm({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { people } = useTexts();
  const queries = useQueryClient();
  const may = useMay(organizationId);
  const [many, { open, close }] = useDisclosure(false);
  const { form, sending, sent } = useSendForm({
    initialValues: useNobody(),
    check: checkedBy(InvitationForm),
    send: (values, key) =>
      api(invitationRoutes.createInvitation, {
        params: { organizationId },
        body: InvitationForm.parse(values),
        key,
      }),
    onSent: () => queries.invalidateQueries({ queryKey: peopleKey(organizationId) }),
    stays: true,
  });
  return (
    <Paper withBorder radius="md" p="md">
      <form noValidate onSubmit={sending.submit} aria-label={people.inviteSomebody}>
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label={people.name} required {...form.getInputProps('name')} />
            <TextInput label={people.email} type="email" required {...form.getInputProps('email')} />
            <Place form={form} organizationId={organizationId} />
          </SimpleGrid>
          {sending.error !== null && <Failed error={sending.error} />}
          {sent !== undefined && <Invited invitation={sent} />}
          <Group>
            <Button type="submit" loading={sending.pending}>
              {people.invite}
            </Button>
            {may('create', 'Invitation') && (
              <Button variant="default" onClick={open}>
                {people.inviteMany}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
      {many && <BulkInvite organizationId={organizationId} onClose={close} />}
    </Paper>
  );
}

/** As what, and into which team: of what the reader may give. */
function Place({
  form,
  organizationId,
}: {
  readonly form: Form<InvitationValues>;
  readonly organizationId: OrganizationId;
}) {
  const { api } = useSession();
  const { people, common } = useTexts();
  const may = useMay(organizationId);
  const { data } = useQuery(teamChoicesQuery(api, organizationId));
  const { role, teamId } = form.values;
  const mayInvite = (facts: { readonly role: string; readonly teamId?: string }) =>
    may('create', 'Invitation', facts);
  const roles = OrganizationRole.options.filter((value) => mayInvite({ role: value, teamId }));
  const teams = (data?.items ?? []).filter(({ id }) => mayInvite({ role, teamId: id }));
  const none = mayInvite({ role }) ? [{ value: '', label: people.noTeam }] : [];
  return (
    <>
      <NativeSelect
        label={people.role}
        data={roles.map((value) => ({ value, label: common.roles[value] }))}
        {...form.getInputProps('role')}
      />
      <NativeSelect
        label={people.team}
        data={[...none, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
        {...form.getInputProps('teamId')}
      />
      {teamId !== '' && role !== 'team_member' && (
        <Checkbox label={people.asLeader} {...form.getInputProps('leads', { type: 'checkbox' })} />
      )}
    </>
  );
}

function Invited({ invitation: { email, delivery } }: { readonly invitation: Invitation }) {
  const { people } = useTexts();
  return (
    <Alert color="teal" variant="light" role="status">
      {delivery === 'sent' ? people.invited(email) : people.kept(email)}
    </Alert>
  );
}

/** An empty form, for the team of the address, or the one that the reader leads. */
function useNobody(): InvitationValues {
  const { user } = useMember();
  const [team] = useAddressParameter('team');
  const [led = ''] = teamsLed(user);
  return { name: '', email: '', role: 'team_member', teamId: team === '' ? led : team, leads: false };
}
