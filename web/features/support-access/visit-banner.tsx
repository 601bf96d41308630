import { Anchor, Button, Group, NativeSelect, Select, Text, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { type OrganizationId, type SupportAccessId, UserId } from '../../../domain/ids.ts';
import {
  type CurrentSupportAccess,
  type SupportAccess,
  SupportExtension,
} from '../../../domain/support-access/support-access.schema.ts';
import { supportAccessRoutes } from '../../../functions/http/support-access/routes.ts';
import { userRoutes } from '../../../functions/http/user/routes.ts';
import { FormDialog } from '../../components/form/form-dialog.tsx';
import { checkedBy } from '../../components/form/problems.ts';
import { useSendForm } from '../../components/form/send-form.ts';
import { notify, useErrorNotice } from '../../components/notify.tsx';
import { ApiError } from '../../lib/api-error.ts';
import { useChange } from '../../lib/change.ts';
import { peopleKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';
import { supportKey, useBeginAnew } from '../../lib/visit.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { useEnd } from './queries.ts';

const fields = z.object({ reason: z.string(), minutes: z.string() });
const ExtendForm = z.pipe(
  z.pipe(
    fields,
    z.transform(({ reason, minutes }): unknown => ({ reason, minutes: Number(minutes) })),
  ),
  SupportExtension,
);

/** Where a second super admin's approval is requested. */
const askingAddress = (organization: string, supportAccess: string, minutes: string): string =>
  `/admin/approvals?${new URLSearchParams({ dialog: 'extend', organization, supportAccess, minutes })}`;

const steps = [15, 30, 60, 120] as const;

interface ExtendDialogProps {
  readonly access: SupportAccess;
  readonly onClose: () => void;
}

/** Extends the super admin's own support access, with a new reason. */
function ExtendDialog({ access: { id, organizationId }, onClose }: ExtendDialogProps) {
  const { api } = useSession();
  const { supportAccess: texts } = useTexts();
  const { time } = useFormats();
  const queries = useQueryClient();
  const { form, sending } = useSendForm({
    initialValues: { reason: '', minutes: '30' },
    check: checkedBy(ExtendForm),
    send: (values, key) =>
      api(supportAccessRoutes.extendSupportAccess, {
        params: { organizationId, supportAccessId: id },
        body: ExtendForm.parse(values),
        key,
      }),
    onSent: async ({ until = '' }) => {
      onClose();
      notify({ message: texts.extended(time(until)) });
      await queries.invalidateQueries({ queryKey: supportKey(organizationId) });
    },
  });
  return (
    <FormDialog title={texts.extendTitle} action={texts.extend} sending={sending} onClose={onClose}>
      <Text size="sm" c="dimmed">
        {texts.extendText}
      </Text>
      <Textarea
        label={texts.reason}
        required
        autosize
        minRows={2}
        data-autofocus
        {...form.getInputProps('reason')}
      />
      <NativeSelect
        label={texts.extendBy}
        data={steps.map((minutes) => ({ value: String(minutes), label: texts.durations(minutes) }))}
        {...form.getInputProps('minutes')}
      />
      {sending.error instanceof ApiError && sending.error.reason === 'lengthening_needs_approval' && (
        <Anchor component={Link} size="sm" to={askingAddress(organizationId, id, form.values.minutes)}>
          {texts.requestApproval}
        </Anchor>
      )}
    </FormDialog>
  );
}

/** Starts or ends viewing the organization as one of its users. */
function useViewAs(organizationId: OrganizationId, supportAccessId: SupportAccessId) {
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

interface ViewAsDialogProps {
  readonly access: SupportAccess;
  readonly onClose: () => void;
}

/** Chooses the user to view as. */
function ViewAsDialog({ access: { id, organizationId }, onClose }: ViewAsDialogProps) {
  const { api } = useSession();
  const { supportAccess: texts, shell, common } = useTexts();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const view = useViewAs(organizationId, id);
  const { data } = useQuery({
    queryKey: [...peopleKey(organizationId), 'view-as', search],
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

const everyMilliseconds = 15_000;

/** The remaining whole minutes. */
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

/** Shown on every page of a visited organization: the extent of the access, and a way to end it. */
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
