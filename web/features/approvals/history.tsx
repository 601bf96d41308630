import { Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type Approval, VoidReason } from '../../../domain/approval/approval.schema.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Time } from '../../components/labels.tsx';
import { PagedList } from '../../components/query-view.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useAddressParameter } from '../../lib/address.ts';
import { useSession } from '../../lib/session.tsx';
import { type Texts, useTexts } from '../../text/language.tsx';
import { endedQuery } from './queries.ts';
import { Details, Status, titleOf } from './request-card.tsx';

const noActor = /^system:/;

/** Who decided: a super admin, or nobody when time or a change did. */
const decider = ({ approvedBy, endedBy }: Approval): string | undefined =>
  endedBy === undefined || noActor.test(endedBy.id) ? approvedBy?.name : endedBy.name;

/** Why it came to nothing: in words of ours, or of who stopped it. */
function endingOf({ endReason, status }: Approval, { approvals }: Texts): string | undefined {
  const known = status === 'voided' ? VoidReason.safeParse(endReason).data : undefined;
  return known === undefined ? endReason : approvals.voids[known];
}

function useColumns(): readonly Column<Approval>[] {
  const texts = useTexts();
  const { columns } = texts.approvals;
  return [
    {
      id: 'request',
      title: columns.request,
      width: '2fr',
      cell: (one) => titleOf(one, texts),
    },
    { id: 'requestedBy', title: columns.requestedBy, cell: ({ requestedBy }) => requestedBy.name },
    { id: 'decidedBy', title: columns.decidedBy, cell: (one) => decider(one) ?? '–', phone: 'hidden' },
    {
      id: 'status',
      title: columns.status,
      width: 170,
      phone: 'fact',
      cell: ({ status }) => <Status status={status} />,
      text: ({ status }) => texts.approvals.statuses[status],
    },
    {
      id: 'at',
      title: columns.at,
      width: 150,
      phone: 'fact',
      cell: ({ updatedAt }) => <Time at={updatedAt} />,
      text: ({ updatedAt }) => updatedAt,
    },
  ];
}

/** What became of earlier requests; each opens with all that it asked for. */
export function History() {
  const { api } = useSession();
  const { approvals } = useTexts();
  const query = useInfiniteQuery(endedQuery(api));
  const columns = useColumns();
  const [shown, show] = useAddressParameter('approval');
  const empty = (
    <Text size="sm" c="dimmed">
      {approvals.noHistory}
    </Text>
  );
  return (
    <PagedList query={query} empty={empty}>
      {(items) => {
        const opened = items.find(({ id }) => id === shown);
        return (
          <>
            <DataTable
              label={approvals.history}
              columns={columns}
              items={items}
              keyOf={({ id }) => id}
              hrefOf={({ id }) => `/admin/approvals?approval=${id}`}
            />
            {opened !== undefined && <Ended approval={opened} onClose={() => show('')} />}
          </>
        );
      }}
    </PagedList>
  );
}

interface EndedProps {
  readonly approval: Approval;
  readonly onClose: () => void;
}

function Ended({ approval, onClose }: EndedProps) {
  const texts = useTexts();
  const ending = endingOf(approval, texts);
  return (
    <Dialog title={titleOf(approval, texts)} size="lg" onClose={onClose}>
      <Stack gap="sm">
        <Status status={approval.status} />
        {ending !== undefined && (
          <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
            <bdi>{ending}</bdi>
          </Text>
        )}
        <Details approval={approval} />
      </Stack>
    </Dialog>
  );
}
