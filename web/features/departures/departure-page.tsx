import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Departure } from '../../../domain/departure/departure.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { departureRoutes } from '../../../functions/http/departure/platform-routes.ts';
import { NotFound } from '../../components/no-page.tsx';
import { ErrorNotice, notify } from '../../components/notify.tsx';
import { Page, Section } from '../../components/page.tsx';
import { PageQuery } from '../../components/page-query.tsx';
import { useAddressOrganization } from '../../lib/address.ts';
import { useChange } from '../../lib/change.ts';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { DeletionSection } from './deletion-section.tsx';
import { StageBadge } from './departures-page.tsx';
import { ExportSection } from './export-section.tsx';
import { departureQuery } from './queries.ts';

/** How far one organization's leaving is, and what the super admin can do about it. */
export function DeparturePage() {
  const organizationId = useAddressOrganization();
  return organizationId === null ? <NotFound /> : <Detail organizationId={organizationId} />;
}

function Detail({ organizationId }: { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { departures } = useTexts();
  const query = useQuery({ ...departureQuery(api, organizationId), ...usePolling() });
  return (
    <PageQuery query={query}>
      {(departure) => (
        <Page
          title={departure.name}
          mark={<StageBadge stage={departure.stage} />}
          description={departure.reason}
          parents={[{ title: departures.title, to: '/admin/departures' }]}
          actions={
            departure.stage === 'grace' || departure.stage === 'undone' ? (
              <Button variant="default" component={Link} to={`/admin/organizations/${organizationId}`}>
                {departures.seeOrganization}
              </Button>
            ) : undefined
          }
        >
          <Stack gap="md">
            <Freeze departure={departure} />
            {departure.stage === 'grace' && <ExportSection organizationId={organizationId} />}
            <DeletionSection departure={departure} />
          </Stack>
        </Page>
      )}
    </PageQuery>
  );
}

interface Props {
  readonly departure: Departure;
}

/** Since when it is frozen and until when that is certainly undone; and the way back. */
function Freeze({ departure }: Props) {
  const { departures, audit } = useTexts();
  const { moment, date } = useFormats();
  const { stage, frozenAt, startedBy, deletionFrom } = departure;
  const isOver = deletionFrom <= new Date().toISOString();
  return (
    <Section id="steps" title={departures.steps}>
      <Text size="sm">
        {departures.frozenSince(moment(frozenAt), startedBy.name ?? audit.actors.support)}
      </Text>
      {stage === 'undone' ? (
        <Text size="sm">{departures.undone}</Text>
      ) : (
        <Text size="sm">
          {isOver ? departures.graceOver(date(deletionFrom)) : departures.graceUntil(date(deletionFrom))}
        </Text>
      )}
      {stage === 'grace' && <Undo departure={departure} />}
    </Section>
  );
}

function Undo({ departure: { organizationId, name } }: Props) {
  const { api } = useSession();
  const { departures } = useTexts();
  const queries = useQueryClient();
  const undoing = useChange({
    mutationFn: (_: undefined, key) =>
      api(departureRoutes.undoDeparture, { params: { organizationId }, key }),
    onSuccess: () => notify({ message: departures.wasUndone(name) }),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" c="dimmed">
        {departures.undoText}
      </Text>
      <Button variant="default" loading={undoing.isPending} onClick={() => undoing.mutate(undefined)}>
        {departures.undo}
      </Button>
      <ErrorNotice error={undoing.error} />
    </Group>
  );
}
