import { Button, Group, NativeSelect, SimpleGrid, Stack, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { OrganizationId } from '../../../../domain/ids.ts';
import type { OrganizationChange } from '../../../../domain/organization/organization.schema.ts';
import { ConflictDialog } from '../../../components/form/conflict-dialog.tsx';
import { merged, useSaving } from '../../../components/form/save-form.ts';
import { useFields, useSubmission } from '../../../components/form/send-form.ts';
import { notify, useErrorNotice } from '../../../components/notify.tsx';
import { Failed } from '../../../components/states.tsx';
import { useUnsavedGuard } from '../../../lib/unsaved.ts';
import { useTexts } from '../../../text/language.tsx';
import { ContactFields, helpBelow, NameFields } from '../fields.tsx';
import {
  changedSettings,
  changeOf,
  checkSettings,
  fieldOf,
  type Setting,
  type Settings,
  type SettingsValues,
  settings,
  timeZones,
  valuesOf,
  wordsOf,
} from './settings-values.ts';

interface Props {
  readonly organizationId: OrganizationId;
  /** The settings at the time the form was opened. */
  readonly stored: Settings;
  /** Whether settings that only the platform may change are included. */
  readonly isWhole: boolean;
  readonly read: () => Promise<Settings>;
  readonly save: (change: OrganizationChange, revision: number) => Promise<Settings>;
  readonly onSettled: () => Promise<unknown>;
}

/** Contact fields belong together; the other settings are independent. */
const groups = settings.map((setting) => [setting]);

/** Notifications that offer to undo a change, while that is still possible. */
function useUndoNotices() {
  const notices = useRef<{ readonly changed: readonly Setting[]; readonly withdraw: () => void }[]>([]);
  const withdraw = (isOver: (changed: readonly Setting[]) => boolean) => {
    for (const notice of notices.current) if (isOver(notice.changed)) notice.withdraw();
    notices.current = notices.current.filter(({ changed }) => !isOver(changed));
  };
  // They disappear with the page.
  useEffect(
    () => () => {
      for (const notice of notices.current) notice.withdraw();
    },
    [],
  );
  return {
    add: (changed: readonly Setting[], withdrawn: () => void) =>
      void notices.current.push({ changed, withdraw: withdrawn }),
    /** A setting that was changed again can't be undone by an earlier notification. */
    supersede: (now: readonly Setting[]) => withdraw((changed) => changed.some((one) => now.includes(one))),
  };
}

/** The form's state, and both ways to change it: save and undo. No input is lost. */
function useSettings({ organizationId, stored, read, save, onSettled }: Props) {
  const { organizations, common } = useTexts();
  // The change is based on what the user sees, even if newer data is loaded.
  const [opened, setOpened] = useState(stored);
  const latest = useRef(stored);
  const notices = useUndoNotices();
  const { form, refuse } = useFields<SettingsValues>({
    initialValues: valuesOf(stored),
    check: (values) => checkSettings(values, changedSettings(valuesOf(latest.current), values)),
    fieldOf,
  });
  /** Shows the stored values, keeping what was typed since. */
  const adopt = (now: Settings, since: SettingsValues) => {
    const typed = { opened: since, mine: form.getValues(), theirs: valuesOf(now) };
    latest.current = now;
    setOpened(now);
    form.setValues(merged(groups, typed).values);
  };
  const change = {
    ...{ id: organizationId, groups, valuesOf, read, onSettled },
    save: async (values: SettingsValues, base: Settings) => {
      const changed = changedSettings(valuesOf(base), values);
      return changed.length === 0 ? base : await save(changeOf(values, changed), base.revision);
    },
  };
  const undoing = useSaving({
    ...change,
    onSaved: (now) => adopt(now, valuesOf(latest.current)),
    onError: useErrorNotice(),
  });
  const saving = useSaving({
    ...change,
    onSaved: (now, { opened: before, values }) => {
      adopt(now, values);
      const changed = changedSettings(valuesOf(before), values);
      notices.supersede(changed);
      const back = merged(groups, { opened: values, mine: valuesOf(before), theirs: valuesOf(now) });
      const run = () => undoing.send({ opened: now, values: back.values });
      notices.add(changed, notify({ message: organizations.savedNow, undo: { title: common.undo, run } }));
    },
    onError: refuse,
  });
  return { form, opened, saving, undoing, adopt };
}

/** Changes an organization's settings. */
export function SettingsForm(props: Props) {
  const { organizations, common } = useTexts();
  const { form, opened, saving, undoing, adopt } = useSettings(props);
  const sending = useSubmission(form, saving, (values) => saving.send({ opened, values }));
  const isChanged = changedSettings(valuesOf(opened), form.values).length > 0;
  useUnsavedGuard(isChanged);
  const versions = {
    title: (setting: Setting) => organizations.settingNames[setting],
    words: wordsOf,
  };
  return (
    <form noValidate onSubmit={sending.submit} aria-label={organizations.profile}>
      <Stack gap="md" maw={760}>
        <SettingsFields isWhole={props.isWhole} field={(path) => form.getInputProps(path)} />
        <ReminderFields
          isOn={form.values.reminders.language !== ''}
          field={(path) => form.getInputProps(path)}
        />
        {sending.error !== null && <Failed error={sending.error} />}
        <Group>
          <Button type="submit" loading={sending.pending} disabled={!isChanged}>
            {common.save}
          </Button>
        </Group>
      </Stack>
      <ConflictDialog
        {...versions}
        saving={saving}
        onTakeTheirs={(theirs, fields) => {
          saving.dismiss();
          for (const field of fields) form.setFieldValue(field, valuesOf(theirs)[field]);
          adopt(theirs, valuesOf(opened));
        }}
      />
      <ConflictDialog
        {...versions}
        saving={undoing}
        onTakeTheirs={(theirs) => {
          undoing.dismiss();
          adopt(theirs, valuesOf(opened));
        }}
      />
    </form>
  );
}

interface SettingsFieldsProps {
  readonly isWhole: boolean;
  /** Input props for a path. */
  readonly field: (path: string) => object;
}

/** The settings' fields; those that only the platform may change if `isWhole`. */
function SettingsFields({ isWhole, field }: SettingsFieldsProps) {
  const { organizations } = useTexts();
  return (
    <>
      {isWhole && <NameFields field={field} />}
      <ContactFields field={field} />
      <SimpleGrid cols={{ base: 1, sm: isWhole ? 2 : 1 }}>
        <Textarea
          label={organizations.allowedDomains}
          description={organizations.domainsHint}
          autosize
          minRows={3}
          {...helpBelow}
          {...field('allowedDomains')}
        />
        {isWhole && (
          <Textarea
            label={organizations.metadata}
            description={organizations.metadataHint}
            autosize
            minRows={3}
            {...helpBelow}
            {...field('metadata')}
          />
        )}
      </SimpleGrid>
    </>
  );
}

interface ReminderFieldsProps {
  readonly isOn: boolean;
  readonly field: (path: string) => object;
}

/** Whether users are reminded by email, and in which time zone's morning. */
function ReminderFields({ isOn, field }: ReminderFieldsProps) {
  const { reminders } = useTexts().organizations;
  const { off, ...on } = reminders.choices;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <NativeSelect
        label={reminders.name}
        description={reminders.hint}
        data={[{ value: '', label: off }, ...Object.entries(on).map(([value, label]) => ({ value, label }))]}
        {...helpBelow}
        {...field('reminders.language')}
      />
      {isOn && (
        <NativeSelect
          label={reminders.timeZone}
          description={reminders.timeZoneHint}
          data={[...timeZones()]}
          {...helpBelow}
          {...field('reminders.timeZone')}
        />
      )}
    </SimpleGrid>
  );
}
