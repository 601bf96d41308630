import { Button, Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { OrganizationId } from '../../../domain/ids.ts';
import type {
  CurrentSupportAccess,
  SupportAccess,
} from '../../../domain/support-access/support-access.schema.ts';
import { useTexts } from '../../text/language.tsx';
import { ExtendDialog } from './extend-dialog.tsx';
import { useEnd } from './use-end.ts';
import { useViewAs, ViewAsDialog } from './view-as.tsx';

const everyMilliseconds = 15_000;

/** The whole minutes that are left. */
function useMinutesLeft(until: string): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMilliseconds);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.floor((Date.parse(until) - now) / 60_000));
}

interface Props {
  readonly organization: { readonly id: OrganizationId; readonly name: string };
  readonly access: SupportAccess;
  readonly viewing: CurrentSupportAccess['viewing'];
}

/** On every page of an organization that a super admin has opened: how far that goes, and the way out. */
export function VisitBanner({ organization, access, viewing }: Props) {
  const { supportAccess: texts } = useTexts();
  const left = useMinutesLeft(access.until ?? '');
  const end = useEnd(organization.id, texts.ended);
  const isViewing = access.viewingAs !== undefined;
  return (
    <Group className="banner" p="xs" mb="md" justify="space-between" gap="xs" role="note">
      <Text size="sm" component="div">
        <bdi>{texts.banner(organization.name, texts.modes[isViewing ? 'read' : access.mode])}</bdi>
        {' · '}
        <span role="timer">{texts.left(left)}</span>
        {isViewing && (
          <>
            {' · '}
            <b>
              <bdi>{viewing === undefined ? texts.viewedGone : texts.viewingAs(viewing.name)}</bdi>
            </b>
          </>
        )}
      </Text>
      <Group gap="xs">
        <Acts organizationId={organization.id} access={access} />
        <Button
          size="compact-sm"
          variant="default"
          loading={end.isPending}
          onClick={() => end.mutate(access.id)}
        >
          {texts.endNow}
        </Button>
      </Group>
    </Group>
  );
}

interface ActsProps {
  readonly organizationId: OrganizationId;
  readonly access: SupportAccess;
}

function Acts({ organizationId, access }: ActsProps) {
  const { supportAccess: texts } = useTexts();
  const [shown, show] = useState<'extend' | 'view' | null>(null);
  const view = useViewAs(organizationId, access.id);
  const close = () => show(null);
  if (access.viewingAs !== undefined)
    return (
      <Button size="compact-sm" variant="default" loading={view.isPending} onClick={() => view.mutate(null)}>
        {texts.stopViewing}
      </Button>
    );
  return (
    <>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => show('view')}>
        {texts.viewAs}
      </Button>
      {access.grantedBy === undefined && (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => show('extend')}>
          {texts.extend}
        </Button>
      )}
      {shown === 'extend' && <ExtendDialog access={access} onClose={close} />}
      {shown === 'view' && <ViewAsDialog access={access} onClose={close} />}
    </>
  );
}
