import { Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type OrganizationId, type SupportAccessId, UserId } from '../../../domain/ids.ts';
import type { SupportAccess } from '../../../domain/support-access/support-access.schema.ts';
import { supportAccessRoutes } from '../../../functions/http/support-access/routes.ts';
import { userRoutes } from '../../../functions/http/user/routes.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { useErrorNotice } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { useSession } from '../../lib/session.tsx';
import { useBeginAnew } from '../../lib/visit.tsx';
import { useTexts } from '../../text/language.tsx';

/** Begins or ends a view of the organization as one of its users. */
export function useViewAs(organizationId: OrganizationId, supportAccessId: SupportAccessId) {
  const { api } = useSession();
  const beginAnew = useBeginAnew();
  const say = useErrorNotice();
  return useChange({
    mutationFn: (userId: UserId | null, key) =>
      api(supportAccessRoutes.viewAsUser, {
        params: { organizationId, supportAccessId },
        body: { userId },
        key,
      }),
    onError: say,
    onSettled: () => beginAnew(organizationId),
  });
}

const mostChoices = 20;

interface Props {
  readonly access: SupportAccess;
  readonly onClose: () => void;
}

/** Chooses whose view it is to be. */
export function ViewAsDialog({ access: { id, organizationId }, onClose }: Props) {
  const { api } = useSession();
  const { supportAccess: texts, shell, common } = useTexts();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const view = useViewAs(organizationId, id);
  const { data } = useQuery({
    queryKey: ['people', organizationId, 'view-as', search],
    queryFn: ({ signal }) =>
      api(userRoutes.listUsers, {
        params: { organizationId },
        query: { limit: String(mostChoices), status: 'active', ...(search === '' ? {} : { search }) },
        signal,
      }),
    placeholderData: (before) => before,
  });
  const userId = UserId.safeParse(chosen);
  const choose = () => {
    if (userId.success) view.mutate(userId.data, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={texts.viewAsTitle}
      action={texts.viewAs}
      isComplete={userId.success}
      sending={{ pending: view.isPending, error: null, submit: choose }}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        {texts.viewAsText}
      </Text>
      <Select
        label={texts.person}
        data-autofocus
        searchable
        data={(data?.items ?? []).map(({ userId: value, name, role }) => ({
          value,
          label: `${name} · ${common.roles[role]}`,
        }))}
        value={chosen}
        onChange={setChosen}
        onSearchChange={(text) => setSearch(text.split(' · ')[0]?.trim() ?? '')}
        filter={({ options }) => options}
        nothingFoundMessage={shell.nothingFound}
      />
    </FormDialog>
  );
}
