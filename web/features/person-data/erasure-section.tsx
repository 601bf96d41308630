import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Erasure } from '../../../domain/person-data/person-data.schema.ts';
import { personDataRoutes } from '../../../functions/http/person-data/routes.ts';
import { Confirm } from '../../components/form/form-dialog.tsx';
import { notify } from '../../components/notify.tsx';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { SendButton } from '../../components/send-button.tsx';
import { useChange } from '../../lib/change.ts';
import { useMay, useMember } from '../../lib/member.tsx';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { erasureQuery, type Whose } from './queries.ts';

/** The state of a person's erasure, and the actions to request, approve or withdraw it. */
export function ErasureSection({ whose }: { readonly whose: Whose }) {
  const { api } = useSession();
  const { personData } = useTexts();
  const query = useQuery({ ...erasureQuery(api, whose), ...usePolling() });
  const isOwn = useMember().user.userId === whose.userId;
  return (
    <Section id="person-erasure" title={personData.erasure}>
      <Text size="sm" c="dimmed">
        {isOwn ? personData.ownErasureText : personData.erasureText}
      </Text>
      <QueryView query={query}>
        {(found) => (
          <State whose={whose} isOwn={isOwn} found={found?.status === 'withdrawn' ? null : found} />
        )}
      </QueryView>
    </Section>
  );
}

interface StateProps {
  readonly whose: Whose;
  readonly isOwn: boolean;
  readonly found: Erasure | null;
}

function State({ whose, isOwn, found }: StateProps) {
  const { personData } = useTexts();
  const { date } = useFormats();
  const may = useMay(whose.organizationId)('create', 'Erasure', { userId: whose.userId });
  const title = isOwn ? personData.askErasure : personData.erase;
  if (found === null) return may ? <Request whose={whose} title={title} /> : null;
  const { status, requestedBy, aloneFrom } = found;
  const isOpen = status === 'asked' || status === 'waiting';
  return (
    <Stack gap="sm">
      <Text size="sm" role="status">
        {personData.erasureStates[status](requestedBy.name ?? requestedBy.id)}
        {aloneFrom !== undefined && ` ${personData.aloneFrom(date(aloneFrom))}`}
      </Text>
      {isOpen && may && (
        <Group>
          {!isOwn && <Request whose={whose} title={personData.approve} />}
          <Withdraw {...whose} />
        </Group>
      )}
    </Stack>
  );
}

function Request({ whose: params, title }: { readonly whose: Whose; readonly title: string }) {
  const { api } = useSession();
  const { personData } = useTexts();
  const [isAsked, setAsked] = useState(false);
  const queries = useQueryClient();
  const asking = useChange({
    mutationFn: (_, key) => api(personDataRoutes.requestErasure, { params, key }),
    onSuccess: () => {
      setAsked(false);
      notify({ message: personData.asked });
    },
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <>
      <Group>
        <Button variant="default" c="var(--mantine-color-error)" onClick={() => setAsked(true)}>
          {title}
        </Button>
      </Group>
      {isAsked && (
        <Confirm title={personData.sure} action={title} change={asking} onClose={() => setAsked(false)}>
          {personData.sureText}
        </Confirm>
      )}
    </>
  );
}

function Withdraw(params: Whose) {
  const { api } = useSession();
  const { personData } = useTexts();
  return (
    <SendButton
      variant="subtle"
      send={(key) => api(personDataRoutes.withdrawErasure, { params, key })}
      says={() => personData.withdrawn}
    >
      {personData.withdraw}
    </SendButton>
  );
}
