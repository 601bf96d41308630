import { Alert, Button, Group, NumberInput, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { defaultGraceDays } from '../../../../domain/departure/departure.schema.ts';
import type { Organization } from '../../../../domain/organization/profile.schema.ts';
import { departureRoutes } from '../../../../functions/http/departure/platform-routes.ts';
import { organizationsRoutes } from '../../../../functions/http/organization/platform-routes.ts';
import { ConfirmTyped } from '../../../components/form/form-dialog.tsx';
import { notify } from '../../../components/notify.tsx';
import { SendButton } from '../../../components/send-button.tsx';
import { useChange } from '../../../lib/change.ts';
import { organizationsKey } from '../../../lib/queries.ts';
import { useSession } from '../../../lib/session.tsx';
import { useFormats, useTexts } from '../../../text/language.tsx';

interface ReasonFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly reason: string;
  readonly onChange: (reason: string) => void;
}

/** The reason for an action on an organization, which its members and the audit log will show. */
const ReasonField = ({ label, hint, reason, onChange }: ReasonFieldProps) => (
  <Textarea
    label={label}
    description={hint}
    required
    data-autofocus
    autosize
    minRows={2}
    maxLength={500}
    value={reason}
    onChange={({ currentTarget }) => onChange(currentTarget.value)}
  />
);

interface StartDepartureProps {
  readonly organization: Organization;
}

/** Starts an organization's departure, with a reason and its name typed. */
export function StartDeparture({ organization }: StartDepartureProps) {
  const { departures } = useTexts();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" maw={520}>
        {departures.startText}
      </Text>
      <Button variant="default" c="var(--mantine-color-error)" onClick={open}>
        {departures.start}
      </Button>
      {opened && <Start organization={organization} onClose={close} />}
    </Group>
  );
}

/** A notice on the page of a leaving organization, linked to its departure. */
export function IsLeaving({ organization: { id, deletionFrom } }: StartDepartureProps) {
  const { departures } = useTexts();
  const { date } = useFormats();
  if (deletionFrom === undefined) return null;
  return (
    <Alert color="yellow" variant="light" title={departures.isLeaving(date(deletionFrom))}>
      <Button variant="default" size="xs" component={Link} to={`/admin/departures/${id}`}>
        {departures.see}
      </Button>
    </Alert>
  );
}

function Start({
  organization: { id, name },
  onClose,
}: StartDepartureProps & { readonly onClose: () => void }) {
  const { api } = useSession();
  const { departures } = useTexts();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [graceDays, setGraceDays] = useState(defaultGraceDays);
  const starting = useChange({
    mutationFn: (_, key) =>
      api(departureRoutes.beginDeparture, { body: { organizationId: id, reason, graceDays }, key }),
    onSuccess: async () => {
      onClose();
      notify({ message: departures.started(name) });
      await queries.invalidateQueries();
    },
  });
  return (
    <ConfirmTyped
      title={departures.startTitle(name)}
      name={name}
      label={departures.typeName(name)}
      action={departures.startNow}
      isComplete={reason.trim() !== ''}
      change={starting}
      onClose={onClose}
    >
      <Stack gap="md">
        {departures.startText}
        <ReasonField
          label={departures.reason}
          hint={departures.reasonHint}
          reason={reason}
          onChange={setReason}
        />
        <NumberInput
          label={departures.days}
          description={departures.daysHint}
          min={7}
          max={365}
          allowDecimal={false}
          value={graceDays}
          onChange={(days) => setGraceDays(Number(days) || defaultGraceDays)}
        />
      </Stack>
    </ConfirmTyped>
  );
}

interface Props {
  readonly organization: Organization;
}

/** Suspends an organization, with a reason and its name typed. */
export function SuspendAction({ organization }: Props) {
  const { organizations } = useTexts();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" maw={520}>
        {organizations.suspendText}
      </Text>
      <Button variant="default" c="var(--mantine-color-error)" onClick={open}>
        {organizations.suspend}
      </Button>
      {opened && <Suspend organization={organization} onClose={close} />}
    </Group>
  );
}

/** Reactivates a suspended organization, next to the reason for the suspension. */
export function Reactivate({ organization: { id, name, inactiveReason } }: Props) {
  const { api } = useSession();
  const { organizations } = useTexts();
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm">
        {inactiveReason === undefined
          ? organizations.suspended(name)
          : organizations.suspendedBecause(inactiveReason)}
      </Text>
      <SendButton
        send={(key) =>
          api(organizationsRoutes.reactivateOrganization, { params: { organizationId: id }, key })
        }
        says={() => organizations.wasReactivated(name)}
        reloads={organizationsKey}
      >
        {organizations.reactivate}
      </SendButton>
    </Group>
  );
}

function Suspend({ organization: { id, name }, onClose }: Props & { readonly onClose: () => void }) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const suspending = useChange({
    mutationFn: (given: string, key) =>
      api(organizationsRoutes.deactivateOrganization, {
        params: { organizationId: id },
        body: { reason: given },
        key,
      }),
    onSuccess: async () => {
      onClose();
      notify({ message: organizations.wasSuspended(name) });
      await queries.invalidateQueries({ queryKey: organizationsKey });
    },
  });
  return (
    <ConfirmTyped
      title={organizations.suspendTitle(name)}
      name={name}
      label={organizations.typeName(name)}
      action={organizations.suspendNow}
      isComplete={reason.trim() !== ''}
      change={{ ...suspending, mutate: () => suspending.mutate(reason) }}
      onClose={onClose}
    >
      <Stack gap="md">
        {organizations.suspendText}
        <ReasonField
          label={organizations.reason}
          hint={organizations.reasonHint}
          reason={reason}
          onChange={setReason}
        />
      </Stack>
    </ConfirmTyped>
  );
}
