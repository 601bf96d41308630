import { Button, Group, Text } from '@mantine/core';
import IconClock from '@tabler/icons-react/icons/IconClock';
import IconLifebuoy from '@tabler/icons-react/icons/IconLifebuoy';
import { useState } from 'react';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { CurrentSupportAccess } from '../../../domain/support-access/support-access.schema.ts';
import { Page } from '../../components/page.tsx';
import { Empty } from '../../components/states.tsx';
import { useTexts } from '../../text/language.tsx';
import { OpenDialog } from './open-dialog.tsx';
import { useEnd } from './queries.ts';

interface Props {
  readonly organization: { readonly id: OrganizationId; readonly name: string };
  readonly current: CurrentSupportAccess;
}

/** Shown instead of an organization's pages to a super admin without open support access. */
export function SupportGate({ organization: { id, name }, current }: Props) {
  const { supportAccess: texts, shell } = useTexts();
  const [isOpening, setOpening] = useState(current.supportAccess === null);
  const waiting = current.supportAccess;
  if (waiting !== null) return <Waiting organization={{ id, name }} current={current} />;
  return (
    <Page title={name}>
      <Empty
        title={shell.support.needed}
        icon={IconLifebuoy}
        action={<Button onClick={() => setOpening(true)}>{texts.open}</Button>}
      >
        {current.stage === 'consented' ? texts.consentText(name) : texts.openText(name)}
      </Empty>
      {isOpening && (
        <OpenDialog organizationId={id} name={name} stage={current.stage} onClose={() => setOpening(false)} />
      )}
    </Page>
  );
}

function Waiting({ organization: { id, name }, current: { supportAccess } }: Props) {
  const { supportAccess: texts } = useTexts();
  const end = useEnd(id, texts.withdrawn);
  if (supportAccess === null) return null;
  return (
    <Page title={name}>
      <Empty
        title={texts.waitingTitle(name)}
        icon={IconClock}
        action={
          <Group>
            <Button variant="default" loading={end.isPending} onClick={() => end.mutate(supportAccess.id)}>
              {texts.withdraw}
            </Button>
          </Group>
        }
      >
        {texts.waitingText}
      </Empty>
      <Text size="sm" c="dimmed" ta="center">
        {texts.reason}: <bdi>{supportAccess.reason}</bdi>
      </Text>
    </Page>
  );
}
