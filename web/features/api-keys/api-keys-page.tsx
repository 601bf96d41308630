import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconKey from '@tabler/icons-react/icons/IconKey';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ApiKey } from '../../../domain/api-key/api-key.schema.ts';
import { apiKeyRoutes } from '../../../functions/http/api-key/routes.ts';
import { Confirm } from '../../components/form/form-dialog.tsx';
import { Day, Time } from '../../components/labels.tsx';
import { notify } from '../../components/notify.tsx';
import { NewButton, Page } from '../../components/page.tsx';
import { paging } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { useChange } from '../../lib/change.ts';
import { useMay, useOrganization } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { apiKeysKey, NewKeyDialog } from './new-key-dialog.tsx';

const keyOf = ({ id }: ApiKey) => id;

/** An organization's API keys, for its admins. */
export function ApiKeysPage() {
  const { api } = useSession();
  const { apiKeys: texts } = useTexts();
  const { id: organizationId } = useOrganization();
  const [creating, { open, close }] = useDisclosure(false);
  const may = useMay(organizationId);
  const query = useInfiniteQuery({
    ...paging,
    queryKey: apiKeysKey(organizationId),
    queryFn: async ({ signal }) => {
      const { items } = await api(apiKeyRoutes.listApiKeys, { params: { organizationId }, signal });
      return { items, nextCursor: null };
    },
  });
  const columns = useKeyColumns();
  const create = may('create', 'ApiKey') && <NewButton title={texts.newOne} onClick={open} />;
  return (
    <Page title={texts.title} description={texts.about}>
      <ListTable
        name="api-keys"
        label={texts.title}
        columns={columns}
        query={query}
        keyOf={keyOf}
        actions={create}
        empty={
          <Empty title={texts.none} icon={IconKey}>
            {texts.noneText}
          </Empty>
        }
      />
      {creating && <NewKeyDialog organizationId={organizationId} onClose={close} />}
    </Page>
  );
}

function Expiry({ endsAt }: { readonly endsAt: string | undefined }) {
  const { apiKeys: texts } = useTexts();
  if (endsAt === undefined) return texts.neverEnds;
  return endsAt <= new Date().toISOString() ? (
    <StatusBadge tone="bad">{texts.expired}</StatusBadge>
  ) : (
    <Day at={endsAt} />
  );
}

function useKeyColumns(): readonly Column<ApiKey>[] {
  const { apiKeys: texts, common } = useTexts();
  const { date } = useFormats();
  return useMemo(() => {
    const scopesOf = ({ scopes }: ApiKey) => scopes.map((scope) => texts.scopeNames[scope]).join(', ');
    return [
      {
        id: 'name',
        title: texts.name,
        cell: ({ name }) => <bdi>{name}</bdi>,
        text: ({ name }) => name,
        sort: ({ name }) => name,
      },
      {
        id: 'key',
        title: texts.key,
        width: 90,
        cell: ({ ending }) => <code>{texts.ending(ending)}</code>,
        text: ({ ending }) => texts.ending(ending),
        phone: 'hidden',
      },
      {
        id: 'scopes',
        title: texts.scopes,
        width: 150,
        cell: (one) => <span title={scopesOf(one)}>{texts.scopeCount(one.scopes.length)}</span>,
        text: scopesOf,
        phone: 'fact',
      },
      {
        id: 'owner',
        title: texts.owner,
        width: 150,
        cell: ({ owner, createdByName }) =>
          owner === 'organization' ? texts.owners.organization : <bdi>{createdByName ?? texts.person}</bdi>,
        text: ({ owner, createdByName }) =>
          owner === 'organization' ? texts.owners.organization : (createdByName ?? texts.person),
        phone: 'hidden',
      },
      {
        id: 'lastUsedAt',
        title: texts.lastUsedAt,
        width: 130,
        cell: ({ lastUsedAt }) => (lastUsedAt === undefined ? texts.neverUsed : <Time at={lastUsedAt} />),
        text: ({ lastUsedAt }) => lastUsedAt ?? texts.neverUsed,
        sort: ({ lastUsedAt }) => lastUsedAt,
        phone: 'hidden',
      },
      {
        id: 'endsAt',
        title: texts.endsAt,
        width: 140,
        cell: ({ endsAt }) => <Expiry endsAt={endsAt} />,
        text: ({ endsAt }) => (endsAt === undefined ? texts.neverEnds : date(endsAt)),
        sort: ({ endsAt }) => endsAt ?? '9',
        phone: 'fact',
      },
      {
        id: 'createdAt',
        title: texts.created,
        width: 130,
        cell: ({ createdAt }) => <Day at={createdAt} />,
        text: ({ createdAt }) => date(createdAt),
        sort: ({ createdAt }) => createdAt,
        phone: 'hidden',
      },
      {
        id: 'actions',
        title: common.actions,
        width: 120,
        actions: true,
        cell: (one) => <Revoke one={one} />,
      },
    ];
  }, [texts, common, date]);
}

function Revoke({ one: { organizationId, id, name, revision } }: { readonly one: ApiKey }) {
  const { api } = useSession();
  const { apiKeys: texts } = useTexts();
  const queries = useQueryClient();
  const [asking, { open, close }] = useDisclosure(false);
  const may = useMay(organizationId);
  const revoking = useChange({
    mutationFn: () => api(apiKeyRoutes.revokeApiKey, { params: { organizationId, apiKeyId: id }, revision }),
    onSuccess: () => {
      close();
      notify({ message: texts.revoked(name) });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: apiKeysKey(organizationId) }),
  });
  if (!may('delete', 'ApiKey')) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        c="var(--mantine-color-error)"
        aria-label={texts.revokeOf(name)}
        onClick={open}
      >
        {texts.revoke}
      </Button>
      {asking && (
        <Confirm title={texts.revokeTitle(name)} action={texts.revokeNow} change={revoking} onClose={close}>
          {texts.revokeText}
        </Confirm>
      )}
    </>
  );
}
