import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconDots from '@tabler/icons-react/icons/IconDots';
import { type Initiative, InitiativeStatus } from '../../../domain/initiative/initiative.schema.ts';
import { initiativeRoutes } from '../../../functions/http/initiative/routes.ts';
import { MenuItem } from '../../components/menu-item.tsx';
import { useErrorNotice } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { useMay } from '../../lib/member.tsx';
import { useTexts } from '../../text/language.tsx';
import { DeleteDialog, EditDialog, paramsOf, useWriting } from './initiative-dialogs.tsx';

/** What may be done to one: its owner sets its status, who may delete it everything. */
export function InitiativeActions({ one }: { readonly one: Initiative }) {
  const { initiatives: texts } = useTexts();
  const { organizationId, teamId, ownerId, title, revision } = one;
  const may = useMay(organizationId);
  const [editing, edit] = useDisclosure(false);
  const [deleting, askToDelete] = useDisclosure(false);
  const { api, onSettled } = useWriting(organizationId);
  const setting = useChange({
    mutationFn: (status: InitiativeStatus) =>
      api(initiativeRoutes.updateInitiative, { params: paramsOf(one), body: { status }, revision }),
    onError: useErrorNotice(),
    onSettled,
  });
  if (!may('update', 'Initiative', { teamId, userId: ownerId })) return null;
  const isManaged = may('delete', 'Initiative', { teamId });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={texts.actionsOf(title)}
            loading={setting.isPending}
          >
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {InitiativeStatus.options
            .filter((status) => status !== one.status)
            .map((status) => (
              <MenuItem key={status} onClick={() => setting.mutate(status)}>
                {texts.setTo(texts.statuses[status])}
              </MenuItem>
            ))}
          {isManaged && <MenuItem onClick={edit.open}>{texts.edit}</MenuItem>}
          {isManaged && (
            <MenuItem color="red" onClick={askToDelete.open}>
              {texts.delete}
            </MenuItem>
          )}
        </Menu.Dropdown>
      </Menu>
      {editing && <EditDialog one={one} onClose={edit.close} />}
      {deleting && <DeleteDialog one={one} onClose={askToDelete.close} />}
    </>
  );
}
