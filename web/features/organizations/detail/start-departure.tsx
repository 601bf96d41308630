import { Alert, Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { defaultGraceDays } from '../../../../domain/departure/departure.schema.ts';
import type { Organization } from '../../../../domain/organization/profile.schema.ts';
import { departureRoutes } from '../../../../functions/http/departure/platform-routes.ts';
import { ConfirmTyped } from '../../../components/form/form-dialog.tsx';
import { notify } from '../../../components/notify.tsx';
import { useChange } from '../../../lib/change.ts';
import { useSession } from '../../../lib/session.tsx';
import { useFormats, useTexts } from '../../../text/language.tsx';
import { ReasonField } from './reason-field.tsx';

interface Props {
  readonly organization: Organization;
}

/** Begins an organization's leaving, with a reason and its name typed. */
export function StartDeparture({ organization }: Props) {
  const { departures } = useTexts();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" maw={520}>
        {departures.startText}
      </Text>
      <Button variant="default" onClick={open}>
        {departures.start}
      </Button>
      {opened && <Start organization={organization} onClose={close} />}
    </Group>
  );
}

/** Tells on the page of an organization that leaves, and leads to how far it is. */
export function IsLeaving({ organization: { id, deletionFrom } }: Props) {
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

function Start({ organization: { id, name }, onClose }: Props & { readonly onClose: () => void }) {
  const { api } = useSession();
  const { departures } = useTexts();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [graceDays, setGraceDays] = useState(defaultGraceDays);
  const starting = useChange({
    mutationFn: (_: undefined, key) =>
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
      onConfirm={() => starting.mutate(undefined)}
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
