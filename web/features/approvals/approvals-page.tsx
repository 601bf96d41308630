import { Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type Approval, VoidReason } from '../../../domain/approval/approval.schema.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Time } from '../../components/labels.tsx';
import { NewButton, Page, Section } from '../../components/page.tsx';
import { PagedList, QueryView } from '../../components/query-view.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useAddressDialog, useAddressParameter } from '../../lib/address.ts';
import { useMember } from '../../lib/member.tsx';
import { usePolling } from '../../lib/polling.ts';
import { useSession } from '../../lib/session.tsx';
import { type Texts, useTexts } from '../../text/language.tsx';
import classes from './approvals.module.css';
import { endedQuery, isReady, openQuery, waitsFor } from './queries.ts';
import { Approve, CarryOut, Download, End, Extend, Remove } from './request-actions.tsx';
import { Details, RequestCard, Status, titleOf } from './request-card.tsx';
import {
  NewExportDialog,
  NewExtensionDialog,
  NewRemovalDialog,
  NewSuperAdminDialog,
} from './request-dialogs.tsx';

const noActor = /^system:/;

/** The super admin who decided; undefined if it expired or was voided by a change. */
const decider = ({ approvedBy, endedBy }: Approval): string | undefined =>
  endedBy === undefined || noActor.test(endedBy.id) ? approvedBy?.name : endedBy.name;

/** Why a request wasn't carried out: our explanation, or the reason given by whoever stopped it. */
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

/** Earlier requests and their outcomes; each expands to show everything it asked for. */
function History() {
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

/** Actions that need two super admins: requests waiting for the user, their own requests, and the history. */
export function ApprovalsPage() {
  const { approvals } = useTexts();
  const [adding, { open, close }] = useAddressDialog('super-admin');
  const [exporting, { close: closeExport }] = useAddressDialog('export');
  const [extending, { close: closeExtend }] = useAddressDialog('extend');
  const [removing, { close: closeRemoval }] = useAddressDialog('remove-data');
  const add = <NewButton title={approvals.addSuperAdmin} onClick={open} />;
  return (
    <Page title={approvals.title} description={approvals.text} actions={add}>
      <Stack gap="md">
        <Open />
        <Section id="history" title={approvals.history}>
          <History />
        </Section>
      </Stack>
      {adding && <NewSuperAdminDialog onClose={close} />}
      {exporting && <NewExportDialog onClose={closeExport} />}
      {extending && <NewExtensionDialog onClose={closeExtend} />}
      {removing && <NewRemovalDialog onClose={closeRemoval} />}
    </Page>
  );
}

function Open() {
  const { api } = useSession();
  const { user } = useMember();
  const { approvals } = useTexts();
  const query = useQuery({ ...openQuery(api), ...usePolling() });
  return (
    <QueryView query={query}>
      {({ items }) => {
        const waiting = items.filter((one) => waitsFor(one, user.userId));
        const mine = items.filter(({ requestedBy }) => requestedBy.userId === user.userId);
        const others = items.filter((one) => !waiting.includes(one) && !mine.includes(one));
        return (
          <Stack gap="md">
            <Group
              id="waiting"
              title={approvals.waitingForYou}
              none={approvals.nothingWaits}
              items={waiting}
            />
            <Group id="mine" title={approvals.yours} none={approvals.noneOfYours} items={mine} />
            {others.length > 0 && <Group id="others" title={approvals.others} none="" items={others} />}
          </Stack>
        );
      }}
    </QueryView>
  );
}

interface GroupProps {
  readonly id: string;
  readonly title: string;
  /** Shown if there is none. */
  readonly none: string;
  readonly items: readonly Approval[];
}

const Group = ({ id, title, none, items }: GroupProps) => (
  <Section id={id} title={title}>
    {items.length === 0 ? (
      <Text size="sm" c="dimmed">
        {none}
      </Text>
    ) : (
      <ul className={classes.cards} aria-label={title}>
        {items.map((approval) => (
          <RequestCard key={approval.id} approval={approval}>
            <Actions approval={approval} />
          </RequestCard>
        ))}
      </ul>
    )}
  </Section>
);

/** What the user can do about a request. */
function Actions({ approval }: { readonly approval: Approval }) {
  const { user } = useMember();
  const isMine = approval.requestedBy.userId === user.userId;
  const ready = isReady(approval, new Date());
  return (
    <>
      {waitsFor(approval, user.userId) && <Approve approval={approval} />}
      {ready && approval.kind === 'super-admin.create' && <CarryOut approval={approval} />}
      {ready && isMine && approval.kind === 'audit-feed.export' && <Download approval={approval} />}
      {ready && isMine && approval.kind === 'support-access.extend' && <Extend approval={approval} />}
      {ready && isMine && approval.kind === 'organization.remove-data' && <Remove approval={approval} />}
      <End approval={approval} how={isMine ? 'withdraw' : 'refuse'} />
    </>
  );
}
