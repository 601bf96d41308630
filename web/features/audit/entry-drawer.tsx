import { Button, CopyButton, Drawer, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import IconCopy from '@tabler/icons-react/icons/IconCopy';
import IconFileCertificate from '@tabler/icons-react/icons/IconFileCertificate';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { OrganizationId } from '../../../domain/ids.ts';
import { auditRoutes } from '../../../functions/http/audit/routes.ts';
import { ErrorNotice, notify } from '../../components/notify.tsx';
import { Empty, Failed, Loading } from '../../components/states.tsx';
import { useAddressParameter } from '../../lib/address.ts';
import { saveFile } from '../../lib/api.ts';
import { ApiError } from '../../lib/api-error.ts';
import { browserOf } from '../../lib/browser.ts';
import { useChange } from '../../lib/change.ts';
import { useMay } from '../../lib/member.tsx';
import { useReturnFocus } from '../../lib/return-focus.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import classes from './audit-trail.module.css';
import { Changes } from './changes.tsx';
import { Actor } from './named.tsx';
import { addressOf, type Names, type TrailEntry } from './names.ts';
import { linkedEntryQuery } from './queries.ts';
import { EntrySentence } from './told.tsx';
import { UndoEntry } from './undo-entry.tsx';

/**
 * Downloads an entry with the proof of its inclusion in the signed audit log. Requests a checkpoint if none
 * covers it yet.
 */
function ReceiptButton({ entry: { id, timestamp, organizationId } }: { readonly entry: TrailEntry }) {
  const { api } = useSession();
  const { audit } = useTexts();
  const may = useMay(organizationId);
  const params = { organizationId };
  const saving = useChange({
    mutationFn: async () => {
      try {
        const query = { entryId: id, timestamp };
        const receipt = await api(auditRoutes.getAuditReceipt, { params, query });
        saveFile([new Blob([JSON.stringify(receipt)])], `${id}.receipt.json`, 'application/json');
      } catch (error) {
        if (!(error instanceof ApiError && error.reason === 'entry_not_sealed')) throw error;
        await api(auditRoutes.requestCheckpoint, { params });
        notify({ message: audit.receipt.pending });
      }
    },
  });
  if (!OrganizationId.safeParse(organizationId).success || !may('read', 'AuditCheckpoint')) return null;
  return (
    <>
      <Button
        variant="default"
        w="fit-content"
        leftSection={<IconFileCertificate size={16} aria-hidden />}
        loading={saving.isPending}
        onClick={() => saving.mutate()}
      >
        {audit.receipt.download}
      </Button>
      <ErrorNotice error={saving.error} />
    </>
  );
}

interface Props {
  /** The entry's key in the URL. */
  readonly address: string;
  /** The entry, if it is on the page. */
  readonly entry: TrailEntry | undefined;
  readonly names: Names;
  readonly source: OrganizationId | undefined;
  readonly onClose: () => void;
}

/** All details of one entry: what changed, by whom, and where the request came from. */
export function EntryDrawer({ onClose, ...props }: Props) {
  const { audit, common } = useTexts();
  useReturnFocus();
  return (
    <Drawer.Root opened position="right" size="lg" onClose={onClose} returnFocus={false}>
      <Drawer.Overlay />
      <Drawer.Content>
        <Drawer.Header role="none">
          <Drawer.Title fw={600}>{audit.details}</Drawer.Title>
          <Drawer.CloseButton aria-label={common.close} />
        </Drawer.Header>
        <Drawer.Body>
          {props.entry === undefined ? (
            <Linked {...props} />
          ) : (
            <Details entry={props.entry} names={props.names} />
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** A linked entry that isn't on the page. */
function Linked({ address, names, source }: Omit<Props, 'onClose'>) {
  const { api } = useSession();
  const { audit } = useTexts();
  const query = useQuery(linkedEntryQuery(api, source, address));
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Loading />;
  if (query.data === null) return <Empty title={audit.noSuchEntry} />;
  return <Details entry={query.data} names={names} />;
}

function Details({ entry, names }: { readonly entry: TrailEntry; readonly names: Names }) {
  const { audit, common } = useTexts();
  const { moment } = useFormats();
  const { timestamp, requestId, ip, userAgent, role } = entry;
  const roles: Readonly<Record<string, string>> = common.roles;
  const browser = userAgent === undefined ? null : browserOf(userAgent);
  const json = JSON.stringify(entry, null, 2);
  const [, setOpened] = useAddressParameter('entry');
  const openUndone = () => entry.undoes && setOpened(addressOf(entry.undoes));
  return (
    <Stack gap="lg">
      <Text size="md" fw={500} component="div">
        <EntrySentence entry={entry} names={names} />
      </Text>
      {entry.isWithheld === true ? (
        <Text size="sm" c="dimmed">
          {audit.withheld}
        </Text>
      ) : (
        <Changes entry={entry} names={names} />
      )}
      <dl className={classes.facts}>
        <Fact title={audit.when}>
          <time dateTime={timestamp}>{moment(timestamp)}</time>
        </Fact>
        <Fact title={audit.actor}>
          <Actor entry={entry} names={names} />
          {roles[role] !== undefined && ` · ${roles[role]}`}
        </Fact>
        <Fact title={audit.browser}>
          {browser === null ? userAgent : <span title={userAgent}>{audit.browserOn(browser)}</span>}
        </Fact>
        <Fact title={audit.address}>{ip}</Fact>
        <Fact title={audit.undo.undoes}>
          {entry.undoes !== undefined && (
            <UnstyledButton fz="sm" td="underline" onClick={openUndone}>
              {audit.undo.open}
            </UnstyledButton>
          )}
        </Fact>
        <Fact title={audit.request}>{requestId !== undefined && <code>{requestId}</code>}</Fact>
      </dl>
      <Group gap="xs" align="center">
        <ReceiptButton entry={entry} />
        <UndoEntry entry={entry} names={names} />
        <CopyButton value={json}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              w="fit-content"
              leftSection={<IconCopy size={16} aria-hidden />}
              onClick={copy}
            >
              {copied ? audit.copied : audit.copyJson}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Stack>
  );
}

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  if (children === undefined || children === false) return null;
  return (
    <>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </>
  );
}
